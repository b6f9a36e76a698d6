// Pipeline placeholders: values that are filled in before deployment, so that their content cannot be checked yet.

/** What may stand between the marks: a letter or `_`, then letters, digits, `_ . : -` and single spaces. The bound keeps matching linear. */
const NAME = '[A-Za-z_](?:[\\w.:-]| (?! )){0,100}?';

/** Anywhere in a value. Blanks just inside brackets are the pipeline's to trim: `{{ name }}`. */
const ANYWHERE = new RegExp(
  `__${NAME}__|\\$${NAME}\\$|%${NAME}%|#\\{ ?${NAME} ?\\}|\\$\\( ?${NAME} ?\\)|\\$\\{ ?${NAME} ?\\}|\\{\\{ ?${NAME} ?\\}\\}`,
);

/** Only as the whole value. */
const WHOLE = new RegExp(`^(?:\\[${NAME}\\]|<${NAME}>|\\{${NAME}\\}|your[\\w .:-]{0,100})$`, 'i');

/** One cheap look that nearly every value fails. */
const SUSPECT = /__|[$%#{]|^[[<yY]/;

/**
 * The pipeline placeholder in a value, or null: `__Name__`, `$Name$`, `%Name%`, `#{Name}`, `$(Name)`, `${Name}` and
 * `{{Name}}` anywhere; `[Name]`, `<Name>`, `{Name}` and words that begin with "your" as the whole value.
 */
export function pipelinePlaceholder(value: string): string | null {
  if (!SUSPECT.test(value)) return null;
  return (ANYWHERE.exec(value) ?? WHOLE.exec(value))?.[0] ?? null;
}

/** Whether a URL has one; there it may be one whole host label or path segment as well: `https://{vault}.vault.azure.net/secrets/<name>/…`. */
export function holdsPlaceholder(url: string): boolean {
  return pipelinePlaceholder(url) !== null || url.split(/[/.]/).some((part) => pipelinePlaceholder(part) !== null);
}
