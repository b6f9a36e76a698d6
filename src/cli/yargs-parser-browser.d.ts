// Types of the build of yargs-parser that reads neither files nor the environment.

declare module 'yargs-parser/browser' {
  export { default } from 'yargs-parser';
}
