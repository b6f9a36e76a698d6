// The text is XML up to its end.

import { defineRule, type IllFormedCode } from '../core/rule.js';

const REST = 'What stands after this place was not read.';

export default defineRule({
  id: 'xml-well-formed',
  family: 'xml',
  summary: 'The file is well-formed XML.',
  why: 'Neither Visual Studio nor Azure reads a file that is not well-formed.',
  source: 'https://www.w3.org/TR/xml/#sec-well-formed',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    'conflict-markers': {
      message: 'The file holds conflict markers of git.',
      cause: 'A merge was not finished.',
      help: `Choose one side of each conflict and delete the marker lines. ${REST}`,
    },
    'less-than-in-value': {
      message: 'The attribute "{detail}" holds a "<".',
      help: `Write &lt; instead. ${REST}`,
    },
    ampersand: {
      message: 'There is an "&" that begins no entity of XML.',
      help: `Write &amp; for the character itself; of HTML's entities XML knows only &amp; &lt; &gt; &quot; &apos;. ${REST}`,
    },
    'lost-quote': {
      message: 'The attribute "{detail}" has no closing quote.',
      help: `Add the quote at the end of the value. ${REST}`,
    },
    'duplicate-attribute': {
      message: 'The attribute {detail} is given twice.',
      help: `Keep the right one and delete the other. ${REST}`,
    },
    'placeholder-attribute': {
      message: 'The placeholder {detail} stands where an attribute should be.',
      help: `If a tool fills it in, lint after that step. If not, write an attribute, name="…", in its place. ${REST}`,
    },
    'attribute-without-value': {
      message: 'The attribute {detail} has no value.',
      help: `Write {detail}="…". ${REST}`,
    },
    'value-without-quotes': {
      message: 'The attribute "{detail}" has no quotes around its value.',
      help: `Put it between double quotes. ${REST}`,
    },
    'typographic-quote': {
      message: 'A quote is a typographic one, {detail}, which XML takes for a letter.',
      cause: 'Word processors and chats turn quotes into such.',
      help: `Write straight quotes, ", around the value. ${REST}`,
    },
    'odd-blank': {
      message: 'There is {detail} in a tag, which looks like a blank or like nothing, and is no blank to XML.',
      help: `Write an ordinary space, or delete it. ${REST}`,
    },
    'lost-bracket': {
      message: 'The tag of {detail} has a "/" without the ">" behind it.',
      help: `Write "/>" if the tag ends there; else delete the "/". ${REST}`,
    },
    'no-space-between-attributes': {
      message: 'There is no space between two attributes.',
      help: `Add one; or a quote inside the value before it was meant to be &quot;. ${REST}`,
    },
    json: {
      message: 'The file is JSON, not XML.',
      help: 'A service configuration is XML. Evidence is given with --vault or --os-profile.',
    },
    'text-before-root': {
      message: 'There is text before the first element.',
      help: `Delete it, or make it a comment. ${REST}`,
    },
    'text-after-root': {
      message: 'There is text after the last end tag.',
      help: `Delete it, or make it a comment. ${REST}`,
    },
    'declaration-not-first': {
      message: 'Something stands before the XML declaration.',
      help: `<?xml …?> must be the very first characters of the file: delete what stands before it, blank lines too. ${REST}`,
    },
    'second-declaration': {
      message: 'A second XML declaration stands in the file.',
      cause: 'Two files were joined, or one was pasted into the other.',
      help: `Delete what does not belong to this file. ${REST}`,
    },
    'wrong-end-tag': {
      message: 'The end tag </{detail}> does not fit the element that is open.',
      help: `Close the elements in the order in which they lie in one another. ${REST}`,
    },
    'stray-end-tag': {
      message: 'The end tag </{detail}> closes nothing.',
      help: `Delete it, or add the start tag that it belongs to. ${REST}`,
    },
    'unclosed-element': {
      message: 'The element {detail} is never closed.',
      help: 'Add </{detail}> where it ends.',
    },
    'unfinished-tag': {
      message: 'The text ends inside the tag of {detail}.',
      help: 'Finish the tag; the file may have been cut off.',
    },
    'unclosed-comment': { message: 'The comment that begins here is never closed.', help: 'Add --> where it ends.' },
    'unclosed-cdata': { message: 'The CDATA section that begins here is never closed.', help: 'Add ]]> where it ends.' },
    'unclosed-instruction': { message: 'The instruction that begins here is never closed.', help: 'Add ?> where it ends.' },
    'stray-less-than': {
      message: 'There is a "<" that begins no tag.',
      help: `Write &lt; for the character itself, or delete it. ${REST}`,
    },
    'second-root': {
      message: 'There is a second outermost element, {detail}.',
      help: `A file has one: delete the other, or put it inside. ${REST}`,
    },
    'no-root': {
      message: 'The file holds no element.',
      help: 'A service configuration begins with ServiceConfiguration, a service definition with ServiceDefinition: check that the file was written whole.',
    },
    'control-character': {
      message: 'There is a control character, {detail}, which XML does not allow.',
      help: `Delete it. ${REST}`,
    },
    'double-hyphen': {
      message: 'There is a "--" inside a comment.',
      help: `XML allows it only at the end of a comment: write a single hyphen. ${REST}`,
    },
    'unbound-prefix': {
      message: 'The prefix {detail} is not declared.',
      help: `Delete "{detail}:", or declare it with xmlns:{detail}="…". ${REST}`,
    },
    'too-deep': {
      message: 'Elements lie more than {detail} deep in one another.',
      help: `Neither a service configuration nor a service definition is that deep: check that this is one. ${REST}`,
    },
    other: {
      message: 'The text is not well-formed here: {detail}.',
      help: `Compare the place with a file that works. ${REST}`,
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web"><Instances count="1" />' },
      { cscfg: '<Role name="R&D"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" name="Web"><Instances count="1" /></Role>' },
    ],
    good: [{ cscfg: '<Role name="R&amp;D"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'xml:ill-formed'({ code, span, related, detail }) {
        report({
          message: messageFor(code, detail),
          at: span,
          data: { detail },
          related: related.map(({ note, span: other }) => ({ note, location: other })),
        });
      },
    };
  },
});

function messageFor(code: IllFormedCode, detail: string) {
  if (code === 'text-outside-root') return detail === 'before' ? 'text-before-root' : 'text-after-root';
  return code;
}
