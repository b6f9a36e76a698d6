// The bytes are text in the file's encoding.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'xml-encoding',
  family: 'xml',
  summary: 'The bytes of the file are text in its encoding.',
  why: 'Bytes that are no text cannot be read by anything. Read are UTF-8, UTF-16 with or without a byte order mark, and a declared encoding that the platform knows.',
  source: 'https://www.w3.org/TR/xml/#charencoding',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    undecodable: {
      message: 'Here are bytes that are no {encoding}.',
      help: 'Save the file as UTF-8. If it was written in another encoding on purpose, name that in the XML declaration: <?xml version="1.0" encoding="…"?>. The file was not read.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Büro"><Instances count="1" /></Role>', encoding: 'latin1' }],
    good: [{ cscfg: '<Role name="Büro"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'xml:undecodable'({ encoding, span }) {
        report({ message: 'undecodable', at: span, data: { encoding: encoding.toUpperCase() } });
      },
    };
  },
});
