import { expect, it } from 'vitest'
import { baseUrl, isLoopback, urlMistake } from './target-url.ts'

it.each([
  ['http://localhost:8080', true],
  ['http://127.0.0.1', true],
  ['http://127.9.9.9:1', true],
  ['https://[::1]:8443', true],
  ['http://relay.localhost', true],
  ['http://localhost.', true],
  ['http://[::ffff:127.0.0.1]', true],
  ['http://2130706433', true],
  ['http://127.0.0.1.example.org', false],
  ['http://localhost.example.org', false],
  ['http://10.0.0.1', false],
  ['http://0.0.0.0', false],
  ['nonsense', false],
])('%s names this machine: %s', (url, expected) => {
  expect(isLoopback(url)).toBe(expected)
})

it('has no slash at the end of a base', () => {
  expect(baseUrl('http://a:80/')).toBe('http://a')
  expect(baseUrl('https://a/b/')).toBe('https://a/b')
})

it.each([
  ['http://127.0.0.1:8080/v1', null],
  ['localhost:8080', 'expected http:// or https:// in front, got "localhost:8080"'],
  ['relay.example.org:443/api', 'expected http:// or https:// in front, got "relay.example.org:443/api"'],
  ['alice:secret@relay.example.org', 'expected an http: or https: URL, got "alice:"'],
])('says of %s as a URL: %s', (text, mistake) => {
  expect(urlMistake(text)).toBe(mistake)
})
