import { expect, test } from 'vitest'
import { curlVariables } from './curl-variables.ts'

test('the variables of a command are explained, each once, in their order', () => {
  const command = `curl --cacert "$TOUCHSTONE_CA" -H "Authorization: Basic $TOUCHSTONE_AUTH" --data-binary '{"a":"'"$TOUCHSTONE_PASSWORD_JSON"'"}' 'http://h/'"$TOUCHSTONE_VERIFICATION_CODE""$TOUCHSTONE_PASSWORD_JSON"`
  expect(curlVariables(command).map(({ name, meaning }) => `${name}: ${meaning}`)).toEqual([
    'TOUCHSTONE_CA: the PEM file of the authorities to trust, that of --ca; of a bundled mock, the one it names',
    'TOUCHSTONE_AUTH: what follows the scheme of the Authorization: for Basic, Base64 of USERNAME:PASSWORD',
    'TOUCHSTONE_PASSWORD_JSON: the password that was sent, escaped as in JSON',
    'TOUCHSTONE_VERIFICATION_CODE: the verification code that was sent',
  ])
  expect(curlVariables("curl 'http://h/'")).toEqual([])
})
