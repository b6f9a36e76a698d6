// A load balancer probe asks what its protocol can answer, and in time.

import { defineRule, distinct, wholeNumber, type DefinedProbe } from '../core/rule.js';

export default defineRule({
  id: 'load-balancer-probe',
  family: 'definition',
  languages: ['csdef'],
  summary: 'A probe has a name, an http probe a path and a tcp probe none, and the time-out is longer than the interval.',
  why: 'An endpoint chooses a probe by its name. An http probe asks for its path; a tcp probe only connects. An instance that has not answered for the time-out is taken out, so that one no longer than the interval allows for no lost probe. The schema notices none of it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-loadbalancerprobe',
  severity: 'warning',
  messages: {
    'no-name': {
      message: 'A LoadBalancerProbe has an empty name, so that no endpoint can choose it.',
      help: 'Write a name, and the same as loadBalancerProbe of the endpoints that it is for; or delete the probe.',
    },
    'no-path': {
      message: 'The http probe "{probe}" has no path.',
      help: 'Add path="/…", an address that answers 200 while the instance is well, or write protocol="tcp".',
    },
    path: {
      message: 'The tcp probe "{probe}" has a path, which only http probes ask for.',
      help: 'Write protocol="http", or delete path.',
    },
    timeout: {
      message: 'The probe "{probe}" asks every {interval} seconds, and gives an instance up after {timeout} seconds already.',
      help: 'Let timeoutInSeconds be a little more than twice intervalInSeconds. Where they are not written, they are {defaultTimeout} and {defaultInterval}.',
    },
  },
  examples: {
    bad: [{ csdef: definitionWith('<LoadBalancerProbe name="alive" protocol="http" />') }, { csdef: definitionWith('<LoadBalancerProbe name="" protocol="tcp" />') }],
    good: [{ csdef: definitionWith('<LoadBalancerProbe name="alive" protocol="http" path="/alive" /><LoadBalancerProbe name="open" protocol="tcp" port="9000" intervalInSeconds="10" timeoutInSeconds="21" />') }],
  },
  check({ report }) {
    return {
      'LoadBalancerProbes/LoadBalancerProbe'(probe) {
        const name = probe.attribute('name');
        if (name?.value.trim() !== '') return;
        // An empty value has nothing to underline, so its quotes are.
        report({ message: 'no-name', at: { start: name.valueSpan.start - 1, end: name.valueSpan.end + 1 }, data: {} });
      },
      definition({ probes }) {
        for (const probe of distinct(probes, ({ value }) => value)) {
          const { value: name, location, protocol, path, timeoutInSeconds, intervalInSeconds } = probe;
          if (protocol?.value === 'http' && (path === null || path.value === '')) report({ message: 'no-path', at: path?.location ?? location, data: { probe: name } });
          if (protocol?.value === 'tcp' && path !== null) report({ message: 'path', at: path.location, data: { probe: name } });
          const times = timesOf(probe);
          if (times === null || times.timeout > times.interval) continue;
          const at = (timeoutInSeconds ?? intervalInSeconds)?.location ?? location;
          report({ message: 'timeout', at, data: { probe: name, ...times, defaultInterval: DEFAULT_INTERVAL, defaultTimeout: DEFAULT_TIMEOUT } });
        }
      },
    };
  },
});

const DEFAULT_INTERVAL = 15;
const DEFAULT_TIMEOUT = 31;

/** In seconds; null where one cannot be told, or is below what the schema allows. */
function timesOf({ intervalInSeconds, timeoutInSeconds }: DefinedProbe): { readonly interval: number; readonly timeout: number } | null {
  const interval = intervalInSeconds === null ? DEFAULT_INTERVAL : wholeNumber(intervalInSeconds.value, 5);
  const timeout = timeoutInSeconds === null ? DEFAULT_TIMEOUT : wholeNumber(timeoutInSeconds.value, 11);
  return interval === null || timeout === null ? null : { interval, timeout };
}

/** A whole definition around probes. */
function definitionWith(probes: string): string {
  return `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><LoadBalancerProbes>${probes}</LoadBalancerProbes><WorkerRole name="Worker" vmsize="Standard_A2_v2" /></ServiceDefinition>`;
}
