import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { run } from '../../support/command.ts'
import { project, SHOP } from './run.ts'

const BIN = fileURLToPath(new URL('../../../dist/cli/bin.js', import.meta.url))

/** Runs a line of a shell, in which $B is the command line. */
function shell(folder: string, line: string): { readonly out: string; readonly err: string } {
  const { stdout, stderr } = run('bash', ['-c', line], {
    cwd: folder,
    env: { B: `${process.execPath} ${BIN}`, FORCE_COLOR: undefined },
  })
  return { out: stdout, err: stderr }
}

test.each([
  [['dump', '-c', 'errors.mjs', '-o', '-'], {}, 0],
  [['dump', '-c', 'errors.mjs', '--check'], {}, 1],
  [['diff', 'old.json', 'errors.json'], { FORCE_COLOR: '1' }, 1],
  [['explain', 'LOST', '-c', 'errors.mjs'], {}, 1],
  [['dump', '-c', 'lost.mjs'], {}, 2],
  [['dupm'], {}, 2],
])('%j %j ends with %i, in a process of its own as among others', async (args, env, code) => {
  const made = project({ 'errors.mjs': SHOP.replace('410', '404') })
  await made.bizerror(['dump', '-c', 'errors.mjs', '-o', 'old.json'])
  made.write('errors.json', made.read('old.json').replace('404', '410'))
  const ran = await made.bizerror(args, env)
  expect(ran.code).toBe(code)
  expect(made.start(args, env)).toEqual(ran)
})

test('a reader that has seen enough is no mistake', () => {
  const { folder } = project({ 'errors.mjs': SHOP })
  expect(shell(folder, '$B dump -c errors.mjs -o - | head -n 1; echo ${PIPESTATUS[0]}')).toEqual({
    out: '{\n0\n',
    err: '',
  })
})

test('what could not be printed is told, and ends with 2', () => {
  const { folder } = project({ 'errors.mjs': SHOP })
  const { out, err } = shell(folder, '$B dump -c errors.mjs -o - > /dev/full; echo $?')
  expect({ out, err }).toEqual({
    out: '2\n',
    err: expect.stringMatching(/^Nothing could be printed: ENOSPC.*\.\n$/) as unknown,
  })
})

test('no control of a text or a module reaches the terminal', async () => {
  const { bizerror } = project({
    'errors.mjs': SHOP.replace('No longer sold', 'No \\u001b[2Jlonger\\u202e sold'),
    'fails.mjs': "throw new Error('\\u001b]0;title\\u0007')",
  })
  const { out } = await bizerror(['explain', 'GONE', '-c', 'errors.mjs'])
  expect(out).toContain('No \\u001b[2Jlonger')
  for (const control of ['\u001B', '\u202E']) expect(out).not.toContain(control)
  expect((await bizerror(['dump', '-c', 'fails.mjs'])).err).toBe(
    'fails.mjs cannot be loaded: \\u001b]0;title\\u0007\n',
  )
})

test('bizerror help <command> is bizerror <command> --help', async () => {
  const { bizerror } = project({})
  expect(await bizerror(['help', 'lint'])).toEqual(await bizerror(['lint', '--help']))
})

test('what fails in a catalog is not told of the handler that imports it', async () => {
  const { bizerror } = project({
    'errors.mjs': "throw new Error('boom')",
    'options.mjs': "import './errors.mjs'\nexport const options = { envelope: 'flat' }",
    'bizerror.config.json': '{ "catalogs": ["errors.mjs"], "handler": "options.mjs#options" }',
  })
  expect(await bizerror(['dump'])).toEqual({ code: 2, out: '', err: 'errors.mjs cannot be loaded: boom\n' })
})
