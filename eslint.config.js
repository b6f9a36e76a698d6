// Lint rules of this repository; the import directions of the house (CONTRIBUTING.md) are errors here.

import tseslint from 'typescript-eslint';

/** Packages and who may know them. Everything that is not listed is refused in src. */
const PACKAGES = {
  saxes: 'src/core/read.ts',
  'node-forge': 'src/evidence/pfx.ts',
  'jsonc-parser': 'src/evidence/json.ts',
  chalk: 'src/formats/colored-text.ts',
  'yargs|yargs-parser': 'src/cli/args.ts',
  'tinyglobby|ignore': 'src/cli/files.ts',
};

const FOLDERS = ['core', 'evidence', 'rules', 'formats', 'cli'];

/** Refuses imports that match. The regex form on purpose: a negated group silently re-admits a folder. */
function refuse(files, patterns, ignores = []) {
  return {
    files,
    ignores,
    rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }] },
  };
}

/** Matches every package but the named ones. */
function packagesBut(names) {
  return names === '' ? '^[^.]' : `^(?!(?:${names})(?:/|$))[^.]`;
}

/** Matches an import of any folder of src but the named ones, from a file one or more levels below src. */
function foldersBut(...allowed) {
  const refused = FOLDERS.filter((folder) => !allowed.includes(folder));
  return `^(?:\\.\\./)+(?:${refused.join('|')}|index|node)(?:/|\\.js$)`;
}

const PURE = 'Only src/cli touches the outside; a package is known to exactly one file (CONTRIBUTING.md).';
const DIRECTION = 'Imports go one way: rules and evidence to core, formats to core, cli to everything (CONTRIBUTING.md).';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'src/core/config-schema.generated.js'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.src.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // The slowest three of all, and the compiler sees most of what they see.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      curly: ['error', 'multi-line'],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
    },
  },
  // The compiler checks the types of tests and scripts; linting by types takes longer than all tests together.
  { files: ['**/*.js', '**/*.mjs', 'test/**', 'scripts/**', 'bench/**', '*.ts'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
  // What runs for each element of thousands of files loops by index: until V8 compiles it, an iterator costs more than the loop.
  { files: ['src/core/{lint,plan,read,schema}.ts'], rules: { '@typescript-eslint/prefer-for-of': 'off' } },
  { files: ['test/**'], rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },

  refuse(['src/core/**'], [[packagesBut(''), PURE], [foldersBut('core'), DIRECTION]], ['src/core/read.ts']),
  refuse(['src/core/read.ts'], [[packagesBut('saxes'), PURE], [foldersBut('core'), DIRECTION]]),
  refuse(['src/evidence/**'], [[packagesBut(''), PURE], [foldersBut('core', 'evidence'), DIRECTION]], ['src/evidence/pfx.ts', 'src/evidence/json.ts']),
  refuse(['src/evidence/pfx.ts'], [[packagesBut('node-forge'), PURE], [foldersBut('core', 'evidence'), DIRECTION]]),
  refuse(['src/evidence/json.ts'], [[packagesBut('jsonc-parser'), PURE], [foldersBut('core', 'evidence'), DIRECTION]]),
  refuse(
    ['src/rules/*.ts'],
    [
      [packagesBut(''), PURE],
      ['^\\./', 'A rule imports no other rule.'],
      ['^\\.\\./(?!core/(?:rule|thumbprint|grammar)\\.js$)', 'A rule imports core/rule, core/thumbprint and the types of core/grammar only.'],
    ],
    ['src/rules/index.ts'],
  ),
  refuse(['src/formats/**'], [[packagesBut(''), PURE], [foldersBut('core', 'formats'), DIRECTION]], ['src/formats/colored-text.ts']),
  refuse(['src/formats/colored-text.ts'], [[packagesBut('chalk'), PURE], [foldersBut('core', 'formats'), DIRECTION]]),
  refuse(['src/cli/**/*.ts'], [[packagesBut('node:[a-z/]+'), PURE]], [PACKAGES['yargs|yargs-parser'], PACKAGES['tinyglobby|ignore'], '**/*.d.ts']),
  refuse([PACKAGES['yargs|yargs-parser']], [[packagesBut('node:[a-z/]+|yargs|yargs-parser'), PURE]]),
  refuse([PACKAGES['tinyglobby|ignore']], [[packagesBut('node:[a-z/]+|tinyglobby|ignore'), PURE]]),
);
