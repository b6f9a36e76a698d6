// A role's size has a name of today.

import { DEFAULT_SIZE, defineRule, distinctRoles, successorOf, wholeNumber, type DefinedRole, type LocalStore } from '../core/rule.js';

export default defineRule({
  id: 'vm-size-legacy',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The size of a role is one that Cloud Services (extended support) has a name for.',
  why: 'Small, A5 and their like are names of the classic service; the page about prerequisites maps each to its successor, or to none. A successor is another machine, with a smaller temporary disk, so that nothing changes it by itself.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'warning',
  target: 'cses',
  messages: {
    replaced: {
      message: 'The size {size} of role "{role}" has a name of the classic service; its successor is {successor}.',
      help: 'Write vmsize="{successor}", and build the package again. Where a template has a roleProfile, its sku.name must be the same.',
      azure: 'The requested VM size {size} is not available in the current region. Find out more on the available VM sizes in each region at https://aka.ms/azure-regions.',
      azureSeen: 'similar',
    },
    'replaced-disk': {
      message: 'The size {size} of role "{role}" has a name of the classic service; its successor is {successor}, whose temporary disk of {disk} GiB cannot hold the {storage} MB of LocalStorage that the role asks for.',
      help: 'Choose a size with a larger temporary disk, or ask for less LocalStorage, and build the package again. Where a template has a roleProfile, its sku.name must be the same.',
      azure: 'The requested VM size {size} is not available in the current region. Find out more on the available VM sizes in each region at https://aka.ms/azure-regions.',
      azureSeen: 'similar',
    },
    absent: {
      message: 'Role "{role}" has no vmsize, which means {size}: a name of the classic service, whose successor is {successor}.',
      help: 'Write vmsize="{successor}", and build the package again. Where a template has a roleProfile, its sku.name must be the same.',
    },
    'absent-disk': {
      message: 'Role "{role}" has no vmsize, which means {size}: a name of the classic service, whose successor is {successor}. Its temporary disk of {disk} GiB cannot hold the {storage} MB of LocalStorage that the role asks for.',
      help: 'Choose a size with a larger temporary disk, or ask for less LocalStorage, and build the package again.',
    },
    none: {
      message: 'The size {size} of role "{role}" is of the classic service, and has no successor.',
      help: 'Choose a size by the cores and the memory that the role needs; the page about available sizes lists the families, and the SKUs of your region tell what it has.',
      azure: 'The requested VM size {size} is not available in the current region. Find out more on the available VM sizes in each region at https://aka.ms/azure-regions.',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      { csdef: '<WorkerRole name="Worker" vmsize="Small" />' },
      { csdef: '<WorkerRole name="Worker" />' },
      { csdef: '<WorkerRole name="Worker" vmsize="A9" />' },
      { csdef: '<WorkerRole name="Worker" vmsize="A6"><LocalResources><LocalStorage name="Data" sizeInMB="102400" /></LocalResources></WorkerRole>' },
    ],
    good: [{ csdef: '<WorkerRole name="Worker" vmsize="Standard_A1_v2"><LocalResources><LocalStorage name="Data" sizeInMB="1024" /></LocalResources></WorkerRole>' }],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          const { vmSize } = role;
          const size = vmSize?.value ?? DEFAULT_SIZE;
          const successor = successorOf(size);
          if (successor === undefined) continue;
          const at = vmSize?.location ?? role.location;
          const names = { role: role.name, size };
          if (successor === null) {
            report({ message: 'none', at, data: names });
            continue;
          }
          const word = vmSize === null ? 'absent' : 'replaced';
          const data = { ...names, successor: successor.size };
          const storage = storageOf(role);
          if (storage <= successor.diskGiB * 1024) {
            report({ message: word, at, data });
            continue;
          }
          const related = largestOf(role).map(({ location }) => ({ note: 'the largest LocalStorage', location }));
          report({ message: `${word}-disk`, at, data: { ...data, disk: successor.diskGiB, storage }, related });
        }
      },
    };
  },
});

/** What a LocalStorage has without sizeInMB: the pages say 100, the schema says 1000. */
const LEAST_DEFAULT = 100;

function sizeOf({ sizeInMB }: LocalStore): number {
  return sizeInMB === null ? LEAST_DEFAULT : (wholeNumber(sizeInMB.value, 1) ?? 0);
}

/** In MB. */
function storageOf({ stores }: DefinedRole): number {
  return stores.reduce((sum, store) => sum + sizeOf(store), 0);
}

function largestOf({ stores: [first, ...others] }: DefinedRole): LocalStore[] {
  return first === undefined ? [] : [others.reduce((largest, store) => (sizeOf(store) > sizeOf(largest) ? store : largest), first)];
}
