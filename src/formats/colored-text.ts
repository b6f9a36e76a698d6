// The only file that knows chalk: the text report in colours. Loaded where a terminal can show them.

import { Chalk } from 'chalk';
import { textFormat, type Paint, type Style } from './text.js';

const chalk = new Chalk({ level: 1 });

const STYLES: Readonly<Record<Style, (text: string) => string>> = {
  error: chalk.red,
  warning: chalk.yellow,
  info: chalk.cyan,
  strong: chalk.bold,
  faint: chalk.dim,
  frame: chalk.blue,
};

export const paintInColors: Paint = (style, text) => STYLES[style](text);

export const formatColoredText = textFormat(paintInColors);
