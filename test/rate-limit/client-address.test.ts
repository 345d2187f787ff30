import { BlockList } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { addressKey } from '../../src/rate-limit/client-address.ts'
import { takePrinted } from '../support/printed.ts'

describe('addressKey', () => {
  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['1.2.3.4:5678', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:102:304', '1.2.3.4'],
    ['0:0:0:0:0:ffff:1.2.3.4', '1.2.3.4'],
    ['[::ffff:1.2.3.4]:443', '1.2.3.4'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['2001:DB8:0:ff:1:2:3:4', '2001:db8:0:0::/56'],
    ['2001:db8:0:12ff::', '2001:db8:0:1200::/56'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/56'],
    ['[2001:db8::1]', '2001:db8:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['fe80::1%a.b:c', 'fe80:0:0:0::/56'],
    ['[fe80::1%eth0]:443', 'fe80:0:0:0::/56'],
    // NAT64
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['64:ff9b:1::1.2.3.4', '64:ff9b:1:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['::', '0:0:0:0::/56'],
    ['1::', '1:0:0:0::/56'],
    ['1:2:3:400::5:6:7', '1:2:3:400::/56'],
    ['::2:3:456:5:6:7:8', '0:2:3:400::/56'],
    ['1:2:3:456:5:6:7::', '1:2:3:400::/56'],
    // Not mapped: the sixth group is another, or one before it is not 0.
    ['::fffe:1.2.3.4', '0:0:0:0::/56'],
    ['1::ffff:1.2.3.4', '1:0:0:0::/56'],
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
    '::1%',
    '1.2.3.4%eth0',
    '::1/64',
    '[[::1]]',
    '[::1]:443:443',
    undefined,
    null,
    1,
    {},
    [],
    ['1.2.3.4'],
  ])('of %s is none', (address) => {
    expect(addressKey(address)).toBe(address === '[1.2.3.4]' ? '1.2.3.4' : undefined)
  })

  test.each(['a', '1.', '1:', ':', '[', '1.2.3.4, ', '::1%'])(
    'of 1 MB that begins with %s is none',
    (text) => {
      const long = text.padEnd(1_000_000, text)
      expect(
        [long, `::1%${long}`, `[::1]:${long}`, `1.2.3.4${long}`].map((address) => addressKey(address)),
      ).toEqual([undefined, undefined, undefined, undefined])
    },
  )

  test.each([
    [32, '2001:db8::/32'],
    [33, '2001:db8:8000::/33'],
    [48, '2001:db8:ffff::/48'],
    [49, '2001:db8:ffff:8000::/49'],
    [56, '2001:db8:ffff:ff00::/56'],
    [60, '2001:db8:ffff:fff0::/60'],
    [64, '2001:db8:ffff:ffff::/64'],
    [112, '2001:db8:ffff:ffff:ffff:ffff:ffff::/112'],
    [113, '2001:db8:ffff:ffff:ffff:ffff:ffff:8000/113'],
    [128, '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128'],
  ])('M04: names its prefix: %i', (prefix, key) => {
    expect(addressKey('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', prefix)).toBe(key)
    expect(addressKey('1.2.3.4', prefix)).toBe('1.2.3.4')
  })

  describe('M04: with a prefix that is none', () => {
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    for (const [prefix, shown] of [
      [31, '31'],
      [129, '129'],
      [0, '0'],
      [-56, '-56'],
      [56.5, '56.5'],
      [NaN, 'NaN'],
      [Infinity, 'Infinity'],
      [56n, '56'],
      ['64', '"64"'],
      [`a\n${'b'.repeat(1_000_000)}`, `"a\\n${'b'.repeat(58)}…"`],
      [null, 'null'],
      [false, 'false'],
      [{ valueOf: () => 64 }, 'an object'],
      [Symbol('64'), 'Symbol(64)'],
      [revoked.proxy, 'an object'],
    ] as const) {
      test(`M04: takes 56, and says so once: ${typeof prefix} ${shown}`, async () => {
        vi.resetModules()
        const { addressKey } = await import('../../src/rate-limit/client-address.ts')
        const keys = ['2001:db8::1', '1.2.3.4', 'unknown'].map((address) =>
          addressKey(address, prefix as never),
        )
        expect(keys).toEqual(['2001:db8:0:0::/56', '1.2.3.4', undefined])
        expect(takePrinted().map((line) => JSON.parse(line) as object)).toMatchObject([
          {
            level: 'warn',
            msg: `addressKey was given prefix ${shown}, and took 56. Give a whole number from 32 to 128, such as 56`,
          },
        ])
      })
    }
  })

  test('M04: of an IPv6 address is its network, for each prefix and however the address is written', () => {
    fc.assert(
      fc.property(fc.oneof(anyAddress, nearMapped), fc.infiniteStream(fc.nat(1000)), (address, choices) => {
        for (let prefix = 32; prefix <= 128; prefix++) {
          const written = writtenSomehow(address, choices)
          expect(addressKey(written, prefix), `${written}, prefix ${prefix}`).toBe(keyOf(address, prefix))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('M04: of two IPv6 addresses is the same exactly when they are in one network', () => {
    fc.assert(
      fc.property(
        anyAddress,
        anyAddress,
        fc.integer({ min: 32, max: 128 }),
        fc.integer({ min: 0, max: 128 }),
        (one, another, prefix, shared) => {
          // The first bits are shared, so that both answers come often.
          const other =
            ((one >> BigInt(128 - shared)) << BigInt(128 - shared)) | (another & lowest(128 - shared))
          fc.pre(![one, other].some((address) => clientOf(address) !== undefined))
          const [a, b] = [inFull(one), inFull(other)]
          const block = new BlockList()
          block.addSubnet(a, prefix, 'ipv6')
          expect(addressKey(a, prefix) === addressKey(b, prefix)).toBe(block.check(b, 'ipv6'))
        },
      ),
      { numRuns: 500 },
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
        expect(written.map((address) => addressKey(address))).toEqual(written.map(() => ip))
      }),
    )
  })

  test('of any text is a short one, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.[]%'.split('')) }), (text) => {
        expect(addressKey(text) ?? '').toMatch(/^(?:[\da-f:]{1,21}\/56|[\d.]{0,15})$/)
      }),
      { numRuns: 500 },
    )
  })
})

const anyAddress = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
  // Many zeros, so that there is a choice of gaps.
  fc
    .array(fc.constantFrom(0n, 0n, 1n, 0xffn, 0xff00n, 0xffffn), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.reduce<bigint>((address, group) => (address << 16n) | group, 0n)),
)

const MAPPED = 0xffffn << 32n
const TRANSLATED = 0x0064_ff9bn << 96n

/** IPv4 clients as IPv6 has them, and addresses that are one bit away from them. */
const nearMapped = fc
  .tuple(fc.constantFrom(MAPPED, TRANSLATED), fc.nat(0xffff_ffff), fc.option(fc.nat(127)))
  .map(([network, ip, bit]) => (network | BigInt(ip)) ^ (bit === null ? 0n : 1n << BigInt(bit)))

/** The IPv4 client of an IPv6 address, if it is one. */
function clientOf(address: bigint): string | undefined {
  const network = (address >> 32n) << 32n
  if (network !== MAPPED && network !== TRANSLATED) return undefined
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.')
}

/** The key, computed from the number that an address is. */
function keyOf(address: bigint, prefix: number): string {
  const host = BigInt(128 - prefix)
  const network = groupsOf((address >> host) << host).map((group) => group.toString(16))
  const shown = network.slice(0, Math.ceil(prefix / 16))
  return clientOf(address) ?? `${shown.join(':')}${shown.length < 8 ? '::' : ''}/${prefix}`
}

function groupsOf(address: bigint): readonly number[] {
  return Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - index * 16)) & 0xffffn))
}

function lowest(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n
}

function inFull(address: bigint): string {
  return groupsOf(address)
    .map((group) => group.toString(16).padStart(4, '0'))
    .join(':')
}

/** Writes an address in one of the ways of RFC 4291, section 2.2, with a zone, brackets or a port, or with none. */
function writtenSomehow(address: bigint, choices: Iterator<number>): string {
  const choose = (count: number): number => (choices.next().value as number) % count
  const groups = groupsOf(address)
  const texts = groups.map((group) => group.toString(16).padStart(choose(5), '0'))
  if (choose(3) === 0) {
    const [g = 0, h = 0] = groups.slice(6)
    texts.splice(6, 2, `${g >> 8}.${g & 0xff}.${h >> 8}.${h & 0xff}`)
  }
  const zeros = texts.flatMap((text, index) => (/^0+$/.test(text) ? [index] : []))
  let text = texts.join(':')
  if (zeros.length > 0 && choose(4) > 0) {
    const start = zeros[choose(zeros.length)]!
    let end = start + 1
    while (zeros.includes(end) && choose(4) > 0) end++
    text = `${texts.slice(0, start).join(':')}::${texts.slice(end).join(':')}`
  }
  const cased = choose(2) === 0 ? text : text.toUpperCase()
  const zoned = choose(4) === 0 ? `${cased}%eth0` : cased
  return [zoned, zoned, `[${zoned}]`, `[${zoned}]:${choose(1000)}`][choose(4)]!
}
