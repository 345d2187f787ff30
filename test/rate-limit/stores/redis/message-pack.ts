/** What a hostile value is made of. A Map may have any keys, in any order. */
export type Packable = number | string | boolean | null | readonly Packable[] | Map<Packable, Packable>

/** Packs a value as MessagePack, numbers as the doubles that they are: https://github.com/msgpack/msgpack/blob/master/spec.md */
export function pack(value: Packable): Buffer {
  if (value === null) return Buffer.from([0xc0])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
  if (typeof value === 'number') {
    const double = Buffer.from([0xcb, 0, 0, 0, 0, 0, 0, 0, 0])
    double.writeDoubleBE(value, 1)
    return double
  }
  if (typeof value === 'string')
    return Buffer.concat([head(0xdb, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map) {
    return Buffer.concat([head(0xdf, value.size), ...[...value].flat().map((item) => pack(item))])
  }
  return Buffer.concat([head(0xdd, value.length), ...value.map((item) => pack(item))])
}

function head(type: number, length: number): Buffer {
  const bytes = Buffer.from([type, 0, 0, 0, 0])
  bytes.writeUInt32BE(length, 1)
  return bytes
}
