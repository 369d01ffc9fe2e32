import { Option } from 'commander'
import { RUN_FORMATS } from '#report/machine/run-formats.ts'

/** `--format` of the commands that end with a verdict. */
export function formatOption(): Option {
  return new Option('--format <format>', 'what goes to standard output').choices(RUN_FORMATS).default('text')
}
