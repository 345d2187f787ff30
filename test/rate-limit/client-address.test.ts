import { BlockList } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKey } from '../../src/rate-limit/client-address.ts'

describe('addressKey', () => {
  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['1.2.3.4:5678', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:102:304', '1.2.3.4'],
    ['0:0:0:0:0:ffff:1.2.3.4', '1.2.3.4'],
    ['[::ffff:1.2.3.4]:443', '1.2.3.4'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    // NAT64
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['64:ff9b:1::1.2.3.4', '64:ff9b:1:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    // Not mapped: the sixth group is another, or one before it is not 0.
    ['::fffe:1.2.3.4', '0:0:0:0::/64'],
    ['1::ffff:1.2.3.4', '1:0:0:0::/64'],
  ])('of %s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  test.each([
    '',
    'unknown',
    '<script>',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4:',
    '1.2.3.4:123456',
    ':1',
    '1.2.3.4:80:90',
    '[1.2.3.4]',
    '[::1',
    '::1]',
    '[::1]:',
    '[::1]443',
    ':::1',
    '1:2:3:4:5:6:7:8:9',
    'g::1',
    '1.2.3.4\n',
    ' 1.2.3.4',
    '1.2.3.4, 5.6.7.8',
    '_hidden',
    'a'.repeat(100_000),
    undefined,
    null,
    1,
    {},
    [],
    ['1.2.3.4'],
  ])('of %s is none', (address) => {
    expect(addressKey(address)).toBe(address === '[1.2.3.4]' ? '1.2.3.4' : undefined)
  })

  test('of two IPv6 addresses is the same exactly when they are in one /64', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), fc.boolean(), (one, other, related) => {
        const [a, b] = related ? [one, one.replace(/[\da-f]+$/i, '1')] : [one, other]
        fc.pre(![a, b].some((address) => isMapped(address)))
        const block = new BlockList()
        block.addSubnet(a, 64, 'ipv6')
        expect(addressKey(a) === addressKey(b)).toBe(block.check(b, 'ipv6'))
      }),
      { numRuns: 2000 },
    )
  })

  test('of an IPv4 address is that address, mapped in either notation, with a port or without', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (ip, port) => {
        const [a, b, c, d] = ip.split('.').map(Number) as [number, number, number, number]
        const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
        const written = [
          ip,
          `::ffff:${ip}`,
          `::ffff:${hex}`,
          `0:0:0:0:0:FFFF:${hex}`,
          `${ip}:${port}`,
          `[::ffff:${hex}]:${port}`,
        ]
        expect(written.map(addressKey)).toEqual(written.map(() => ip))
      }),
    )
  })

  test('of any text is a short one, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.[]%'.split('')) }), (text) => {
        expect(addressKey(text) ?? '').toMatch(/^[\da-f:.]{0,21}(?:\/64)?$/)
      }),
      { numRuns: 2000 },
    )
  })
})

function isMapped(address: string): boolean {
  const block = new BlockList()
  block.addSubnet('::ffff:0:0', 96, 'ipv6')
  return block.check(address, 'ipv6')
}
