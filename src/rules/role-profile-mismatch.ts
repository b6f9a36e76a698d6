// The roleProfile of a cloud service agrees with the .cscfg and the .csdef.

import {
  DEFAULT_SIZE,
  defineRule,
  foldName,
  isKnown,
  onlyService,
  pairNames,
  pairStrangers,
  pipelinePlaceholder,
  wholeNumber,
  type CloudServiceFact,
  type DefinedRole,
  type Location,
  type PlacedKnown,
  type Related,
  type ProfiledRole,
  type RoleProfile,
} from '../core/rule.js';

export default defineRule({
  id: 'role-profile-mismatch',
  family: 'os-profile',
  summary: 'roleProfile has the roles, the sizes and the instance counts of the .cscfg and the .csdef.',
  why: 'Azure compares roleProfile with the two files and refuses a deployment where they differ. allowModelOverride lets sizes and counts differ, not the roles.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/override-sku',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  uses: ['definition'],
  messages: {
    'role-missing': {
      message: 'roleProfile does not have the role "{role}" of the .cscfg.',
      help: 'Add it to roleProfile.roles, with its size and its number of instances.',
    },
    'role-unknown': { message: 'roleProfile has a role "{role}", and the .cscfg does not.', help: 'Remove it from roleProfile.roles, or add the role to the .cscfg and the .csdef.' },
    'role-near': {
      message: 'roleProfile has a role "{role}", and the .cscfg has "{near}" in its place.',
      help: 'Give the role one name in all three: the .cscfg, the .csdef and roleProfile.',
    },
    count: {
      message: 'roleProfile gives role "{role}" {capacity} instances, and the .cscfg {count}.',
      help: 'Write the same number in both. To have roleProfile decide, set allowModelOverride to true.',
    },
    size: {
      message: 'roleProfile gives role "{role}" the size {size}, and the .csdef {vmsize}.',
      help: 'Write the same size in both; a changed .csdef needs a new package. To have roleProfile decide, set allowModelOverride to true.',
    },
    'size-default': {
      message: 'roleProfile gives role "{role}" the size {size}, and the .csdef has no vmsize, which means {vmsize}.',
      help: 'Write vmsize="{size}" into the .csdef and build the package again. To have roleProfile decide, set allowModelOverride to true.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="3" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "Shop.Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Web" vmsize="Standard_D2_v2" />',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Web" vmsize="standard_d1_v2" />',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "WEB", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": "2"}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="3" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"allowModelOverride": true, "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
    ],
  },
  check({ report, evidence, path }) {
    const roles: Configured[] = [];
    /** Shown beside what was read from a service that runs. */
    let running: readonly Related[] = [];
    const sizes = new Map<string, DefinedRole>();
    for (const role of evidence.definition?.roles ?? []) if (!sizes.has(foldName(role.name))) sizes.set(foldName(role.name), role);

    const compareNames = (profile: RoleProfile, profiled: readonly Named[]) => {
      // Which role an unknown name is, and which elements are hidden, nobody can tell.
      if (!profile.complete || profiled.length < profile.items.length || roles.some(({ name }) => pipelinePlaceholder(name) !== null)) return;
      const { onlyHere, onlyThere } = pairNames(profiled, roles);
      // A role that the .cscfg and the .csdef do not have alike is told of there.
      const strangers = onlyHere.map(({ one }) => one).filter(({ name }) => !sizes.has(foldName(name)));
      const missing = [...onlyHere.flatMap(({ near }) => near ?? []), ...onlyThere].filter(({ name }) => sizes.size === 0 || sizes.has(foldName(name)));
      const meant = pairStrangers(strangers.map(({ name }) => name), missing.map(({ name }) => name));
      for (const { name: role, at } of strangers) {
        const near = missing.find(({ name }) => name === meant.get(role));
        if (near === undefined) report({ message: 'role-unknown', at, data: { role }, related: running });
        else report({ message: 'role-near', at, data: { role, near: near.name }, related: [{ note: 'the role of the .cscfg', location: near.location }, ...running] });
      }
      const explained = new Set(meant.values());
      for (const { name: role, location } of missing) {
        if (!explained.has(role)) report({ message: 'role-missing', at: profile.location, data: { role }, related: [{ note: 'the role of the .cscfg', location }, ...running] });
      }
    };

    const compareRole = ({ role: { capacity, size } }: Named, configured: Configured) => {
      const { name: role, count } = configured;
      const number = wholeOf(capacity);
      if (capacity !== null && number !== null && count !== null && number !== count.value) {
        report({ message: 'count', at: capacity.location, data: { role, capacity: number, count: count.value }, related: [{ note: 'the number in the .cscfg', location: count.location }, ...running] });
      }
      const defined = sizes.get(foldName(role));
      const vmsize = defined?.vmSize?.value ?? DEFAULT_SIZE;
      if (size === null || !isPlain(size.value) || defined === undefined || pipelinePlaceholder(vmsize) !== null) return;
      if (foldName(size.value) === foldName(vmsize.trim())) return;
      const related = [{ note: 'the role in the .csdef', location: defined.vmSize?.location ?? defined.location }, ...running];
      report({ message: defined.vmSize === null ? 'size-default' : 'size', at: size.location, data: { role, size: size.value, vmsize }, related });
    };

    const compare = ({ roleProfile, allowModelOverride, live, at }: CloudServiceFact) => {
      running = live ? [{ note: 'this is what runs: an update has to send its new roleProfile along', location: at }] : [];
      if (roleProfile === null || roleProfile.items.length === 0) return;
      const profiled = roleProfile.items.flatMap((role) => named(role) ?? []);
      compareNames(roleProfile, profiled);
      if (allowModelOverride !== false) return;
      for (const [role, configured] of pairNames(profiled, roles).pairs) compareRole(role, configured);
    };

    return {
      Role(element) {
        const name = element.attribute('name');
        if (name !== undefined) roles.push({ name: name.value, location: { path, span: name.valueSpan }, count: null });
      },
      'Role/Instances'(instances) {
        const role = roles.at(-1);
        const count = instances.attribute('count');
        const value = count === undefined ? null : wholeNumber(count.value, 0);
        if (role !== undefined && count !== undefined && value !== null) role.count ??= { value, location: { path, span: count.valueSpan } };
      },
      'ServiceConfiguration:exit'() {
        for (const service of onlyService(evidence.osProfile.services)) compare(service);
      },
    };
  },
});

/** A role of the .cscfg. */
interface Configured {
  readonly name: string;
  readonly location: Location;
  count: { readonly value: number; readonly location: Location } | null;
}

/** A role of roleProfile whose name is known. */
interface Named {
  readonly name: string;
  readonly at: Location;
  readonly role: ProfiledRole;
}

function named(role: ProfiledRole): Named | null {
  return role.name !== null && isPlain(role.name.value) ? { name: role.name.value, at: role.name.location, role } : null;
}

function isPlain(value: PlacedKnown['value']): value is string {
  return isKnown(value) && pipelinePlaceholder(value) === null;
}

function wholeOf(capacity: PlacedKnown | null): number | null {
  return capacity !== null && isKnown(capacity.value) ? wholeNumber(capacity.value, 0) : null;
}
