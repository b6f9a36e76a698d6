// A setting that should hold a thumbprint does.

import { defineRule, roleOf } from '../core/rule.js';
import { classify, withoutHiddenMarks } from '../core/thumbprint.js';

export default defineRule({
  id: 'setting-thumbprint-shape',
  family: 'service',
  summary: 'A setting called …Thumbprint does not hold nearly a thumbprint.',
  why: 'Programs look a certificate up by a thumbprint from a setting. One with a hidden mark, with blanks, or with a digit too few looks right and finds nothing. Whether it is the right one is not checked.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  mentions: /thumbprint["']/i,
  messages: {
    marks: {
      message: 'The setting "{setting}" of role "{role}" holds characters that cannot be seen.',
      help: 'Delete the value and type the digits, or copy it through a plain text editor: the certificate dialog of Windows puts a mark before the first digit.',
    },
    separators: {
      message: 'The setting "{setting}" of role "{role}" holds a thumbprint with blanks, colons or hyphens in or around it.',
      help: 'Write the forty digits without anything between or around them, unless the program takes that out.',
    },
    digits: {
      message: 'The setting "{setting}" of role "{role}" has {length} hexadecimal digits; a SHA-1 thumbprint has 40.',
      help: 'Copy the thumbprint again.',
    },
    sha256: {
      message: 'The setting "{setting}" of role "{role}" has 64 hexadecimal digits, as a SHA-256 has; a thumbprint is a SHA-1, with 40.',
      help: 'Write the SHA-1 thumbprint of the same certificate, unless the program wants the SHA-256.',
    },
  },
  examples: {
    bad: [
      { cscfg: role('\u200E3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7') },
      { cscfg: role('3F 9C 0A 7B 51 D2 E8 64 94 C1 B0 7D 2A 5E 8F 63 10 9D B4 C7') },
      { cscfg: role('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C') },
      { cscfg: role('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C73F9C0A7B51D2E86494C1B07D') },
    ],
    good: [{ cscfg: role('3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7') }, { cscfg: role('') }, { cscfg: role('LocalMachine/My') }, { cscfg: role('#{Thumbprint}') }],
  },
  check({ report }) {
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const name = setting.attribute('name');
        if (name === undefined || !isThumbprintName(name.value)) return;
        const value = setting.attribute('value');
        const problem = value === undefined ? null : problemOf(value.value);
        if (value === undefined || problem === null) return;
        report({ ...problem, at: value.valueSpan, data: { role: roleOf(setting), setting: name.value, length: problem.length } });
      },
    };
  },
});

function isThumbprintName(name: string): boolean {
  const last = name.charCodeAt(name.length - 1);
  // A file may hold very many settings, and few names end in "t" or "T".
  return (last === 0x74 || last === 0x54) && /thumbprint$/i.test(name);
}

interface ShapeProblem {
  readonly message: 'marks' | 'separators' | 'digits' | 'sha256';
  /** How many digits there are. */
  readonly length: number;
}

/** What keeps a value from being the thumbprint that it nearly is; null for one, and for anything else. */
function problemOf(value: string): ShapeProblem | null {
  const reading = classify(value);
  switch (reading.kind) {
    case 'hidden-marks': {
      const rest = withoutHiddenMarks(value);
      const isNearly = rest.trim() === '' || reading.digits !== null || problemOf(rest) !== null;
      return isNearly ? { message: 'marks', length: rest.length } : null;
    }
    case 'separated':
      return { message: 'separators', length: reading.digits.length };
    case 'misshapen':
      switch (reading.looksLike) {
        case 'sha256':
          return { message: 'sha256', length: 64 };
        case 'byte-lost':
          return { message: 'digits', length: 38 };
        case 'digit-lost':
          return { message: 'digits', length: 39 };
        case 'digit-doubled':
          return { message: 'digits', length: 41 };
        default:
          return null;
      }
    default:
      return null;
  }
}

function role(value: string): string {
  return `<Role name="Web"><Instances count="1" /><ConfigurationSettings><Setting name="Tls.Thumbprint" value="${value}" /></ConfigurationSettings></Role>`;
}
