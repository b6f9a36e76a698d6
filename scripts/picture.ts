// docs/demo.svg: the first finding of the demo as a terminal shows it, made from what the program really prints.

import { wrap } from '../src/formats/width.js';

const COLUMNS = 104;
const LINE_HEIGHT = 19;
/** Width of a character of a monospaced font at 14 pixels. */
const CHARACTER = 8.43;
const MARGIN = 18;

const COLOURS = { plain: '#d4d4d4', error: '#f14c4c', frame: '#6796e6', strong: '#ffffff' } as const;
type Colour = keyof typeof COLOURS;

/** The picture. `printed`: expected.out of the demo's project, command line and exit code included. */
export function picture(printed: string): string {
  const [first = ''] = printed.split('\n\n');
  const [command = '', ...finding] = first.split('\n');
  const lines = [wrapped(command, '    '), ...finding.map((line) => wrapped(line, ' '.repeat((/^ *= \w+: /.exec(line)?.[0] ?? '').length)))].flat();
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const rows = lines.map((line, index) => `  <text x="${MARGIN}" y="${MARGIN + 13 + index * LINE_HEIGHT}">${coloured(line)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
  <title>What cscfglint prints in the middle of a certificate rotation</title>
  <rect width="100%" height="100%" rx="8" fill="#1e1e1e"/>
  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve" style="white-space: pre">
${rows.join('\n')}
  </g>
</svg>
`;
}

function wrapped(line: string, indent: string): string[] {
  // A line of a frame is as long as it is.
  return / \| /.test(line) ? [line.slice(0, COLUMNS)] : wrap(line, COLUMNS, indent).split('\n');
}

/** A line in colours, by what the text report makes of its parts. */
function coloured(line: string): string {
  const error = /^(error)( [\w-]+:)(.*)$/.exec(line);
  if (error !== null) return part('error', error[1]) + part('strong', error[2]) + part('plain', error[3]);
  const frame = /^( *\d* *(?:-->|:::|\||=))(.*)$/.exec(line);
  if (frame === null) return part(line.startsWith('$') ? 'strong' : 'plain', line);
  const [, gutter = '', rest = ''] = frame;
  if (/^[ ^]+$/.test(rest)) return part('frame', gutter) + part('error', rest);
  if (/^[ -]+$/.test(rest)) return part('frame', gutter) + part('frame', rest);
  const note = /^( \w+:)(.*)$/.exec(rest);
  return part('frame', gutter) + (gutter.endsWith('=') && note !== null ? part('strong', note[1]) + part('plain', note[2]) : part('plain', rest));
}

function part(colour: Colour, text = ''): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return text === '' ? '' : `<tspan fill="${COLOURS[colour]}">${escaped}</tspan>`;
}
