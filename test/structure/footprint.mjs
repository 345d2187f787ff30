// Run in a process of its own: loads modules and prints what they export and what they changed for everyone else.
import http from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const [format, ...modules] = process.argv.slice(2)

const before = look()
const names = {}
for (const module of modules) {
  // One after the other, so that a failure says which.
  // oxlint-disable-next-line no-await-in-loop
  names[module] = Object.keys(format === 'cjs' ? require(module) : await import(module)).sort()
}
const after = look()
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (key) => !isSame(before.get(key), after.get(key)),
)
const packages = Object.keys(require.cache).filter((file) => file.includes('node_modules'))
console.log(JSON.stringify({ names, looked: before.size, changed, packages }))

/** Takes down all that modules share, by identity. */
function look() {
  const seen = new Map()
  const see = (where, owner) => {
    for (const key of Reflect.ownKeys(owner)) {
      const property = Object.getOwnPropertyDescriptor(owner, key)
      seen.set(
        `${where}.${String(key)}`,
        ['value', 'get', 'set'].map((field) => property[field]),
      )
    }
  }
  const shared = {
    globalThis,
    process,
    'process.env': process.env,
    'require.extensions': require.extensions,
    'http.IncomingMessage.prototype': http.IncomingMessage.prototype,
    'http.ServerResponse.prototype': http.ServerResponse.prototype,
    'Iterator.prototype': Object.getPrototypeOf(Object.getPrototypeOf([].values())),
    'AsyncFunction.prototype': Object.getPrototypeOf(async () => {}),
  }
  for (const [where, owner] of Object.entries(shared)) see(where, owner)
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (value === globalThis || value === null || !['function', 'object'].includes(typeof value)) continue
    see(name, value)
    if (value.prototype) see(`${name}.prototype`, value.prototype)
  }
  for (const event of process.eventNames()) seen.set(`process.on ${String(event)}`, process.listeners(event))
  // Undefined is what it is before anyone sets it, whether or not the property is there.
  seen.set('Error.prepareStackTrace', [Reflect.get(Error, 'prepareStackTrace')])
  return seen
}

function isSame(a = [], b = []) {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]))
}
