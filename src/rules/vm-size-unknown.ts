// A role's size is one that Cloud Services (extended support) is known to offer.

import { defineRule, distinctRoles, isOfferedSize, offeredSizes, pipelinePlaceholder, successorOf } from '../core/rule.js';

export default defineRule({
  id: 'vm-size-unknown',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The size of a role is of a family that Cloud Services (extended support) is known to offer.',
  why: 'Not every size of a virtual machine can be had for a role. The list known here ages, and what a region has is told by its SKUs, so this is worth a look and no more.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/available-sizes',
  severity: 'info',
  target: 'cses',
  messages: {
    unknown: {
      message: 'The size "{size}" of role "{role}" is not among those known of Cloud Services (extended support).',
      help: 'See whether the SKUs of your region have it, with PaaS among their VMDeploymentTypes.',
    },
    near: {
      message: 'The size "{size}" of role "{role}" is not among those known of Cloud Services (extended support); did you mean {near}?',
      help: 'Write vmsize="{near}", or see whether the SKUs of your region have the size, with PaaS among their VMDeploymentTypes.',
    },
    'first-generation': {
      message: 'The size "{size}" of role "{role}" is of the first A series, which Cloud Services (extended support) lists no more.',
      help: 'Write vmsize="{near}", its successor in the second series.',
    },
    empty: {
      message: 'The vmsize of role "{role}" is empty.',
      help: 'Write the size that the role is to have, such as Standard_D2_v3.',
    },
  },
  examples: {
    bad: [{ csdef: '<WorkerRole name="Worker" vmsize="Standard_B2ms" />' }, { csdef: '<WorkerRole name="Worker" vmsize="Standard_A1" />' }],
    good: [{ csdef: '<WorkerRole name="Worker" vmsize="standard_d2_v3" />' }, { csdef: '<WorkerRole name="Worker" vmsize="__WorkerSize__" />' }],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const { name: role, vmSize } of distinctRoles(definition)) {
          if (vmSize === null || isOfferedSize(vmSize.value) || pipelinePlaceholder(vmSize.value) !== null) continue;
          const { value: size, location: at } = vmSize;
          // A name of the classic service is the business of vm-size-legacy.
          if (successorOf(size) !== undefined) continue;
          const successor = successorOf(/^Standard_(A\d+)$/i.exec(size)?.[1] ?? '')?.size;
          const near = successor ?? offeredLike(size);
          const data = { role, size };
          if (size.trim() === '') report({ message: 'empty', at, data });
          else if (near === null) report({ message: 'unknown', at, data });
          else report({ message: successor === undefined ? 'near' : 'first-generation', at, data: { ...data, near } });
        }
      },
    };
  },
});

/** The series, its number and its version: of Standard_DS2_v3, of D2s_v3, of D2v3 and of Standard_D2_v3 the same. */
function kernelOf(size: string): string | null {
  const [, series, number, version = ''] = /([a-z])s?(\d{1,3})[a-z]{0,4}_?(v\d{1,2})?$/i.exec(size) ?? [];
  return series === undefined || number === undefined ? null : `${series}${number}${version}`.toLowerCase();
}

/** An offered size that was probably meant. A size of another series or version is another machine. */
function offeredLike(size: string): string | null {
  const kernel = kernelOf(size);
  return kernel === null ? null : (offeredSizes().find((offered) => kernelOf(offered) === kernel) ?? null);
}
