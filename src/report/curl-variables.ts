/** A variable of a command line, and what its value is to be. */
export interface CurlVariable {
  readonly name: string
  readonly meaning: string
}

/** Variables that stand for no secret of the record by its name, and what their values are to be. */
export const KNOWN_VARIABLES: Readonly<Record<string, string>> = {
  TOUCHSTONE_AUTH: 'what follows the scheme of the Authorization: for Basic, Base64 of USERNAME:PASSWORD',
  TOUCHSTONE_BTID:
    'the B-TID of a bootstrap, the user name of a digest that curl makes; where the scenario sent a wrong one, this line sends the right one',
  TOUCHSTONE_KEY: 'the key of that bootstrap (Ks_NAF) in padded Base64, the password of the digest',
  TOUCHSTONE_CA:
    'the PEM file of the authorities to trust, that of --ca; of a bundled mock, the one it names',
}

/** How a value is written that stands for a secret in another form. */
const FORMS: Readonly<Record<string, string>> = {
  BASE64: ' in Base64',
  ENCODED: ', percent-encoded',
  JSON: ', escaped as in JSON',
  HEX: ' in hexadecimal',
  SPOKEN: ' as it is read out',
}

/** The variables of a command line, each once, in the order in which they stand there. */
export function curlVariables(command: string): readonly CurlVariable[] {
  const names = command.match(/\$TOUCHSTONE_[A-Z0-9_]+/g) ?? []
  return [...new Set(names)].map((name) => ({ name: name.slice(1), meaning: meaningOf(name.slice(1)) }))
}

function meaningOf(variable: string): string {
  const known = KNOWN_VARIABLES[variable]
  if (known !== undefined) return known
  const [, secret = '', form = ''] =
    /^TOUCHSTONE_(.+?)(?:_(BASE64|ENCODED|JSON|HEX|SPOKEN))?$/.exec(variable) ?? []
  return `the ${secret.toLowerCase().replaceAll('_', ' ')} that was sent${FORMS[form] ?? ''}`
}
