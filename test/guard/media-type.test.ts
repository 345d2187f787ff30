import { describe, expect, test } from 'vitest'
import { isJsonType, isMarkupType, isMediaType, isXmlType } from '../../src/guard/media-type.ts'

describe('a media type', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/vnd.shop.v1+json',
    'text/plain;charset=UTF-8',
    'text/plain ; charset="utf-8"',
    'application/x-amz-json-1.1',
    'multipart/x; a="b;c=\\"d\\""',
    `a/${'b'.repeat(254)}`,
  ])('is %j', (value) => {
    expect(isMediaType(value)).toBe(true)
  })

  test.each([
    '',
    'json',
    '*/ json',
    'text/',
    '/html',
    'text/html,text/plain',
    'text/html;',
    'text/html; charset',
    'text/plain; charset=latin1',
    'text/plain; a=b; charset="iso-8859-1"',
    'text/plain\r\nSet-Cookie: a=b',
    'text/plain\n',
    'text/plain; a="\n"',
    'text/plain; a="ä"',
    'tëxt/plain',
    `a/${'b'.repeat(255)}`,
    undefined,
    null,
    7,
    ['text/plain'],
  ])('is not %j', (value) => {
    expect(isMediaType(value)).toBe(false)
  })
})

test.each([
  ['application/json', true, false, false],
  ['application/json ; charset=utf-8', true, false, false],
  ['text/json', true, false, false],
  ['Application/Problem+JSON', true, false, false],
  ['application/jsonl', false, false, false],
  ['text/plain; a=+json', false, false, false],
  ['application/xml', false, true, true],
  ['text/xml; charset=utf-8', false, true, true],
  ['image/svg+xml', false, true, true],
  ['application/xhtml+xml', false, true, true],
  ['text/html', false, false, true],
  ['TEXT/HTML ;charset=utf-8', false, false, true],
  ['text/html5', false, false, false],
  ['text/plain', false, false, false],
])('%s is JSON: %s, XML: %s, markup: %s', (type, json, xml, markup) => {
  expect([isJsonType(type), isXmlType(type), isMarkupType(type)]).toEqual([json, xml, markup])
})
