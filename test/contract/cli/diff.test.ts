import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../support/command.ts'
import { copied, repository, type Repository } from './repository.ts'
import { project, SHOP, type Ran } from './run.ts'

const NO_CONFIG = { 'errors.mjs': SHOP, 'bizerror.config.json': '{ "catalogs": ["errors.mjs"] }' }

/** A repository with SHOP and its dump, made once and copied for each test. */
let committed: string | undefined

afterAll(() => {
  if (committed !== undefined) rmSync(committed, { recursive: true })
})

/** A repository with a dump, and then another catalog. */
function changed(catalog: string): Repository {
  committed ??= commitDump()
  const made = copied(committed)
  made.write('errors.mjs', catalog)
  return made
}

/** A repository with a dump that is the catalog, too: no module has to be loaded. */
function unchanged(): Repository {
  const made = changed(SHOP)
  made.write('bizerror.config.json', '{ "catalogs": ["errors.json"] }')
  return made
}

function commitDump(): string {
  const made = repository(NO_CONFIG)
  expect(made.start(['dump', '-q'])).toEqual({ code: 0, out: '', err: '' })
  made.commit()
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
  cpSync(made.folder, folder, { recursive: true })
  return folder
}

const OTHER = SHOP.replace('410', '404')
  .replace("title: 'Gone'", "title: 'Gone for good'")
  .replace('SOLD_OUT', "PAY: { code: 10010, status: 402, message: 'Pay first' },\n    SOLD_OUT")

function failed(err: string): Ran {
  return { code: 2, out: '', err: `${err}\n` }
}

describe('bizerror diff', () => {
  test('tells what breaks clients, and what to do about it', async () => {
    const { bizerror } = changed(OTHER)
    expect(await bizerror(['diff', 'main:errors.json'])).toEqual({
      code: 1,
      out: `shop  errors.json at main  →  errors.mjs

breaking  10003 GONE  status      410 is 404            9f8d46547851
risky     10010 PAY   code-added  brings the first 402  b5dcbb760cf1
docs      1 text reworded

1 breaking, 1 risky. To accept: add the fingerprint with a reason to diff.allow.
`,
      err: '',
    })
  })

  test('says that there is nothing', async () => {
    const { bizerror } = changed(SHOP)
    expect(await bizerror(['diff', 'main'])).toEqual({
      code: 0,
      out: 'shop  errors.json at main  →  errors.mjs\n\nNo changes.\n',
      err: '',
    })
  })

  test('breaks lines of 100 characters, with fingerprints in a column', async () => {
    const { bizerror } = changed(SHOP.replace(/ {4}GONE.*\n/, '').replace('SOLD_OUT', 'NOTHING_LEFT'))
    const { out } = await bizerror(['diff', 'main'])
    expect(out).toBe(`shop  errors.json at main  →  errors.mjs

breaking  10003 GONE          code-removed  was not deprecated before. Deprecate it     97ba6839d07a
                                            first, then list it in retired.
risky     10002 NOTHING_LEFT  key           SOLD_OUT is called NOTHING_LEFT: constants  27b8c0c55118
                                            and translators' files have the key

1 breaking, 1 risky. To accept: add the fingerprint with a reason to diff.allow.
`)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  test('compares with origin/HEAD where nothing is named, and shows the branch by its own name', async () => {
    const upstream = changed(SHOP)
    const { bizerror, git, write } = repository({})
    git('remote', 'add', 'origin', upstream.folder)
    git('fetch', '--quiet', 'origin')
    git('reset', '--quiet', '--hard', 'origin/main')
    const dump = 'errors.json'
    expect(await bizerror(['diff'])).toEqual(
      failed(
        `git knows no origin/HEAD. Name the branch: bizerror diff origin/main:${dump}. Or run git remote set-head origin --auto.`,
      ),
    )
    git('remote', 'set-head', 'origin', 'main')
    expect(await bizerror(['diff'])).toMatchObject({ code: 0, err: '' })
    write('errors.mjs', OTHER)
    const { code, out } = await bizerror(['diff'])
    expect(code).toBe(1)
    expect(out.split('\n')[0]).toBe('shop  errors.json at origin/main  →  errors.mjs')
  })

  test('compares two files, and needs neither git nor a catalog', async () => {
    const { bizerror, write, read } = project(NO_CONFIG)
    await bizerror(['dump', '-o', 'old.json'])
    write('errors.mjs', OTHER)
    await bizerror(['dump', '-o', 'new.json'])
    write('bizerror.config.json', '{}')
    const { code, out, err } = await bizerror(['diff', 'old.json', 'new.json'], { PATH: '' })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.split('\n')[0]).toBe('shop  old.json  →  new.json')
    write('new.json', read('old.json'))
    expect((await bizerror(['diff', 'old.json', 'new.json'])).out).toContain('No changes.')
  })

  test('passes what is risky, unless --fail-on says otherwise, and what is added, unless codes are closed', async () => {
    const added = SHOP.replace(
      'SOLD_OUT',
      "LOST: { code: 10011, status: 410, message: 'Lost' },\n    SOLD_OUT",
    )
    const { bizerror, write } = changed(added)
    const ends = async (
      ...args: readonly string[]
    ): Promise<readonly (string | number | null | undefined)[]> => {
      const { code, out } = await bizerror(['diff', 'main', ...args])
      return [code, out.trim().split('\n').at(-1)]
    }
    expect(await ends()).toEqual([0, '1 safe: nothing that breaks clients.'])
    expect(await ends('--fail-on', 'risky')).toEqual([0, '1 safe: nothing that breaks clients.'])
    expect(await ends('--codes', 'closed')).toEqual([
      0,
      '1 risky. Nothing that breaks a client that kept to the contract.',
    ])
    const accept = '1 risky. To accept: add the fingerprint with a reason to diff.allow.'
    expect(await ends('--codes', 'closed', '--fail-on', 'risky')).toEqual([1, accept])
    write('bizerror.config.json', '{ "catalogs": ["errors.mjs"], "diff": { "codes": "closed" } }')
    expect(await ends('--fail-on', 'risky')).toEqual([1, accept])
    expect(await ends('--fail-on', 'risky', '--codes', 'open')).toEqual([
      0,
      '1 safe: nothing that breaks clients.',
    ])
  })

  test('takes another key for a constant that is gone, where code is generated', async () => {
    const { bizerror, write } = changed(SHOP.replace('GONE', 'LOST'))
    expect((await bizerror(['diff', 'main'])).code).toBe(0)
    write(
      'bizerror.config.json',
      '{ "catalogs": ["errors.mjs"], "codegen": [{ "language": "go", "output": "errors.go" }] }',
    )
    expect(await bizerror(['diff', 'main'])).toMatchObject({ code: 1, err: '' })
  })

  test('prints for programs', async () => {
    const { bizerror } = changed(OTHER)
    const { code, out } = await bizerror(['diff', 'main', '-f', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      command: 'diff',
      ok: false,
      findings: [
        {
          rule: 'status',
          level: 'breaking',
          catalog: 'shop',
          key: 'GONE',
          code: 10003,
          before: 410,
          after: 404,
          file: 'errors.mjs',
        },
        { rule: 'code-added', level: 'risky', after: 'PAY' },
        {
          rule: 'text',
          level: 'docs',
          before: { en: { title: 'Gone' } },
          after: { en: { title: 'Gone for good' } },
        },
      ],
    })
    expect((await bizerror(['diff', 'main', '-f', 'sarif'])).out).toContain('"bizerror/v1"')
  })

  test('prints a comment for a pull request, and the same into the summary of the job', async () => {
    const { bizerror, read, write, folder } = changed(OTHER)
    const { code, out } = await bizerror(['diff', 'main', '-f', 'markdown'])
    expect(code).toBe(1)
    expect(out).toMatchInlineSnapshot(`
      "<!-- bizerror diff -->

      ### Error codes: 1 breaking, 1 risky

      **shop**: errors.json at main → errors.mjs

      **Breaks clients**

      | error | change | | fingerprint |
      | --- | --- | --- | --- |
      | **10003** GONE | \`status\` | 410 is 404 | \`9f8d46547851\` |

      **May break clients**

      | error | change | | fingerprint |
      | --- | --- | --- | --- |
      | **10010** PAY | \`code-added\` | brings the first 402 | \`b5dcbb760cf1\` |

      <details><summary>1 text reworded</summary>

      - 1 text reworded

      | error | text | before | after |
      | --- | --- | --- | --- |
      | **10003** GONE | title (en) | Gone | Gone for good |

      </details>

      1 breaking, 1 risky. To accept: add the fingerprint with a reason to diff.allow.
      "
    `)
    write('summary.md', '')
    const { out: annotations } = await bizerror(['diff', 'main', '-f', 'github'], {
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    })
    expect(annotations).toMatchInlineSnapshot(`
      "::error file=errors.mjs,title=status (bizerror diff)::shop GONE (10003): 410 is 404 [9f8d46547851]
      ::warning file=errors.mjs,title=code-added (bizerror diff)::shop PAY (10010): brings the first 402 [b5dcbb760cf1]
      ::notice file=errors.mjs,title=text (bizerror diff)::shop GONE: title (en) reworded
      1 breaking, 1 risky. To accept: add the fingerprint with a reason to diff.allow.
      "
    `)
    expect(read('summary.md')).toBe(`${out}\n`)
  })

  test('writes nothing, and is without colors where there is no terminal', async () => {
    const { bizerror, files } = changed(OTHER)
    const before = files()
    expect((await bizerror(['diff', 'main'])).out).not.toContain('\u001B')
    expect((await bizerror(['diff', 'main'], { FORCE_COLOR: '1' })).out).toContain(
      '\u001B[31mbreaking\u001B[39m',
    )
    expect(files()).toEqual(before)
  })
})

describe('diff.allow', () => {
  const fingerprint = '9f8d46547851'

  /** A change, and what is allowed of it. */
  function allowing(allow: object): Promise<Ran> {
    const { bizerror, write } = changed(SHOP.replace('410', '404'))
    const diff = { allow: [{ fingerprint, reason: 'nobody has it', ...allow }] }
    write('bizerror.config.json', JSON.stringify({ catalogs: ['errors.mjs'], diff }))
    return bizerror(['diff', 'main'])
  }

  test('accepts a change, with the reason, up to its last day', async () => {
    const today = new Date().toISOString().slice(0, 10)
    expect(await allowing({})).toEqual({
      code: 0,
      out: 'shop  errors.json at main  →  errors.mjs\n\naccepted  10003 GONE  status  410 is 404 (nobody has it)\n\n1 accepted, and no other changes.\n',
      err: '',
    })
    expect((await allowing({ until: today })).code).toBe(0)
    expect((await allowing({ until: '2999-12-31' })).out).toContain(
      '410 is 404 (nobody has it, until 2999-12-31)',
    )
  })

  test('accepts nothing after that day, and says so', async () => {
    expect(await allowing({ until: '2020-02-29' })).toEqual({
      code: 1,
      out: `shop  errors.json at main  →  errors.mjs

breaking  10003 GONE  status  410 is 404  ${fingerprint}

diff.allow

warning  allow-expired  ${fingerprint} (nobody has it) was accepted until 2020-02-29

1 breaking. To accept: add the fingerprint with a reason to diff.allow.
`,
      err: '',
    })
  })

  test('that allows nothing is told, and does not fail', async () => {
    const { bizerror, write } = changed(SHOP)
    const diff = { allow: [{ fingerprint: '0123456789ab', reason: 'gone' }] }
    write('bizerror.config.json', JSON.stringify({ catalogs: ['errors.mjs'], diff }))
    expect(await bizerror(['diff', 'main'])).toEqual({
      code: 0,
      out: `shop  errors.json at main  →  errors.mjs

diff.allow

warning  allow-unmatched  0123456789ab (gone) is of no change. Take it out of diff.allow.

No changes.
`,
      err: '',
    })
  })

  test.each([
    [
      { fingerprint: '0123456789ab' },
      'bizerror.config.json, diff, allow[0] has no reason. Give it: fingerprint and reason are required.',
    ],
    [
      { fingerprint: 'status', reason: 'a' },
      'diff.allow[0] has fingerprint "status". Give the twelve digits that bizerror diff prints.',
    ],
    [
      { fingerprint: '0123456789ab', reason: 'a', until: '2027-02-30' },
      'diff.allow[0] has until "2027-02-30". Give the last day, such as 2027-03-31.',
    ],
    [
      { fingerprint: '0123456789ab', reason: 'a', until: 'soon' },
      'diff.allow[0] has until "soon". Give the last day, such as 2027-03-31.',
    ],
  ])('refuses %j', async (allow, problem) => {
    const { bizerror } = project({
      ...NO_CONFIG,
      'bizerror.config.json': JSON.stringify({ catalogs: ['errors.mjs'], diff: { allow: [allow] } }),
    })
    expect(await bizerror(['diff', 'main'])).toEqual(failed(problem))
  })
})

/** A dump of another version of the API. */
function versioned(dump: string, version: string | undefined): string {
  return JSON.stringify({
    ...(JSON.parse(dump) as object),
    ...(version !== undefined && { api: { version } }),
  })
}

/** A breaking change, or another status, with a version before and after. */
async function versions(before: string | undefined, after: string | undefined, status = 404): Promise<Ran> {
  const { bizerror, read, write } = changed(SHOP)
  const text = read('errors.json')
  write('old.json', versioned(text, before))
  write('new.json', versioned(text.replace('410', String(status)), after))
  write('bizerror.config.json', '{ "catalogs": ["new.json"], "diff": { "requireMajor": true } }')
  return await bizerror(['diff', 'old.json'])
}

describe('--require-major', () => {
  test.each([
    ['1.4.0', '2.0.0'],
    ['v1.4', 'v2'],
    ['0.4.1', '0.5.0'],
    ['0.9.0', '1.0.0-rc.1'],
  ])('lets breaking changes pass from %s to %s', async (before, after) => {
    const { code, out } = await versions(before, after)
    expect([code, out.trim().split('\n').at(-1)]).toEqual([
      0,
      '1 breaking. They come in a new major version.',
    ])
  })

  test.each([
    ['1.4.0', '1.5.0', 'api.version is 1.5.0, was 1.4.0'],
    ['1.4.0', '1.4.0', 'api.version is still 1.4.0'],
    ['2.0.0', '1.0.0', 'api.version is 1.0.0, was 2.0.0'],
    ['0.4.1', '0.4.2', 'api.version is 0.4.2, was 0.4.1'],
    ['10.0.0', '9.0.0', 'api.version is 9.0.0, was 10.0.0'],
    [undefined, '1.0.0', 'the old dump has no api.version; now it is 1.0.0'],
  ])('does not from %s to %s', async (before, after, told) => {
    const { code, out } = await versions(before, after)
    expect(code).toBe(1)
    expect(out.replaceAll(/\b[\da-f]{12}\b/g, '').replaceAll(/\s+/g, ' ')).toContain(
      `version-not-major breaking changes need a new major version: ${told}`,
    )
    expect(out.trim().split('\n').at(-1)).toBe(
      '1 breaking. Give the API a new major version, or add the fingerprints with a reason to diff.allow.',
    )
  })

  test('has nothing to say where nothing breaks', async () => {
    expect((await versions('1.4.0', '1.4.1', 410)).code).toBe(0)
  })

  test.each([
    [undefined, 'undefined'],
    ['2027-03', '"2027-03"'],
  ])('needs a version that is one: %s', async (after, shown) => {
    expect(await versions('1.4.0', after)).toEqual(
      failed(
        `--require-major needs the version of the API, and api.version of shop is ${shown}. Give { "api": { "version": "1.4.0" } } in the config.`,
      ),
    )
  })
})

describe('the old dump', () => {
  test('of a folder of the repository is found from there, and from the root', async () => {
    const { bizerror, write, git, commit, folder } = repository({ 'packages/shop/errors.mjs': SHOP })
    const there = ['-c', 'errors.json', '--cwd', 'packages/shop']
    await bizerror(['dump', '-c', 'errors.mjs', '--cwd', 'packages/shop'])
    write('other.json', '{}')
    commit()
    for (const old of [
      'main',
      'main:',
      'main:errors.json',
      'main:./errors.json',
      'main:packages/shop/errors.json',
      `main:${join(folder, 'packages/shop/errors.json')}`,
    ]) {
      expect(await bizerror(['diff', old, ...there]), old).toMatchObject({ code: 0, err: '' })
    }
    expect(git('status', '--short')).toBe('')
  })

  test('of each catalog is read, and of a ref alone', async () => {
    const other = SHOP.replaceAll('shop', 'mall')
    const { bizerror, commit, write } = repository({ 'a.mjs': SHOP, 'b.mjs': other })
    const catalogs = ['-c', 'a.mjs', '-c', 'b.mjs']
    await bizerror(['dump', ...catalogs])
    commit()
    write('b.mjs', other.replace('410', '404'))
    const { code, out } = await bizerror(['diff', 'main', ...catalogs])
    expect(code).toBe(1)
    expect(out).toContain(
      'shop  shop.errors.json at main  →  a.mjs\n\nmall  mall.errors.json at main  →  b.mjs\n\nbreaking  ',
    )
    expect((await bizerror(['diff', 'main:{{catalog}}.errors.json', ...catalogs])).out).toBe(out)
    expect(await bizerror(['diff', 'main:shop.errors.json', ...catalogs])).toEqual(
      failed('main:shop.errors.json is one path for 2 catalogs. Write {{catalog}} where their names stand.'),
    )
  })

  test('that is not in the branch, is a folder, or is no dump', async () => {
    const { bizerror, write, commit } = unchanged()
    write('folder/empty.json', '')
    write('newer.json', '{ "formatVersion": 99, "entries": [] }')
    write('forged.json', '{ "formatVersion": 1, "catalog": "shop", "entries": [], "__proto__": {} }')
    commit()
    const missing = (path: string): Ran =>
      failed(
        `"${path}" is not in main. Commit it there first, as bizerror dump writes it, or name the file that it is in: main:PATH.`,
      )
    expect(await bizerror(['diff', 'main:gone.json'])).toEqual(missing('gone.json'))
    expect(await bizerror(['diff', 'main:folder'])).toEqual(missing('folder'))
    expect(await bizerror(['diff', 'main:../errors.json'])).toEqual(missing('../errors.json'))
    expect(await bizerror(['diff', 'main:folder/empty.json'])).toEqual(
      failed('main:folder/empty.json is no JSON: Unexpected end of JSON input. Write the dump anew.'),
    )
    expect(await bizerror(['diff', 'main:newer.json'])).toEqual(
      failed(
        'main:newer.json has formatVersion 99; this version of bizerror reads up to 1. Update bizerror.',
      ),
    )
    expect(await bizerror(['diff', 'main:forged.json'])).toMatchObject({ code: 2, out: '' })
    expect(await bizerror(['diff', 'errors.mjs'])).toEqual(
      failed('errors.mjs is code, and no dump. Name it with --catalog errors.mjs.'),
    )
  })

  test('of a branch that git does not know', async () => {
    const { bizerror, git } = unchanged()
    expect(await bizerror(['diff', 'origin/next:errors.json'])).toEqual(
      failed('git knows no origin/next. Run git fetch origin next:refs/remotes/origin/next.'),
    )
    expect(await bizerror(['diff', 'v9:errors.json'])).toEqual(
      failed('git knows no v9. Name a branch, a tag or a commit, as in origin/main.'),
    )
    expect(await bizerror(['diff', 'old.json'])).toEqual(
      failed(
        'There is no file "old.json", and no branch. Give a dump, or where one is in git: origin/main:errors.json.',
      ),
    )
    git('update-ref', 'refs/remotes/origin/next', 'HEAD')
    expect(await bizerror(['diff', 'next:errors.json'])).toEqual(
      failed('git knows no next. Did you mean origin/next:errors.json?'),
    )
  })

  test.each([
    [['branch', '-m', 'master'], 'Name a branch or a commit of its own: bizerror diff master:errors.json.'],
    [['branch', '-m', 'trunk'], 'Name a branch or a commit of its own: bizerror diff HEAD:errors.json.'],
    [['status'], 'Name a branch or a commit of its own: bizerror diff main:errors.json.'],
  ])('that is not named, in a repository without a remote: git %j', async (args, remedy) => {
    const { bizerror, git } = repository(NO_CONFIG)
    git(...args)
    expect(await bizerror(['diff'])).toEqual(
      failed(`git knows no origin/HEAD. The repository has no remote. ${remedy}`),
    )
  })

  test('that is not named, in a repository without a commit', async () => {
    const { bizerror, folder } = project(NO_CONFIG)
    run('git', ['init', '--quiet'], { cwd: folder })
    expect(await bizerror(['diff'])).toEqual(
      failed(
        'git knows no origin/HEAD. The repository has no remote, and no commit yet. Commit errors.json, and name it: bizerror diff HEAD:errors.json.',
      ),
    )
  })

  test('in a shallow clone, which lacks the branch', async () => {
    const upstream = changed(SHOP)
    upstream.git('branch', 'next')
    const { bizerror, folder } = project({})
    run('git', ['clone', '--quiet', '--depth=1', `file://${upstream.folder}`, 'clone'], { cwd: folder })
    const clone = ['--cwd', 'clone']
    expect(await bizerror(['diff', ...clone])).toMatchObject({ code: 0, err: '' })
    expect(await bizerror(['diff', 'origin/next:errors.json', ...clone])).toEqual(
      failed(
        'git knows no origin/next. This is a shallow clone: run git fetch origin next:refs/remotes/origin/next --depth=1, or check out with fetch-depth: 0.',
      ),
    )
  })

  test('where there is no repository, and no git', async () => {
    const { bizerror, folder } = project(NO_CONFIG)
    expect(await bizerror(['diff'], { GIT_CEILING_DIRECTORIES: join(folder, '..') })).toEqual(
      failed(
        `origin/HEAD:errors.json is in git, and ${folder} is in no git repository. Give the old dump as a file: bizerror diff old.json.`,
      ),
    )
    expect(await bizerror(['diff'], { PATH: '' })).toEqual(
      failed(
        'git is needed to read origin/HEAD:errors.json, and is not installed. Install it, or give the old dump as a file: bizerror diff old.json.',
      ),
    )
  })

  test('by a name that looks like an option is no option to git', async () => {
    const { bizerror, files, git } = changed(SHOP)
    const before = files()
    expect(await bizerror(['diff', '--', '--output=stolen:errors.json'])).toEqual(
      failed('git knows no --output=stolen. Name a branch, a tag or a commit, as in origin/main.'),
    )
    expect(await bizerror(['diff', '--', '--output=stolen'])).toMatchObject({ code: 2, out: '' })
    expect(await bizerror(['diff', 'main:--output=stolen'])).toMatchObject({ code: 2, out: '' })
    expect(files()).toEqual(before)
    // A file may have such a name.
    git('mv', 'errors.json', './--output')
    git('commit', '--quiet', '--message', 'Move')
    expect(await bizerror(['diff', 'main:--output'])).toMatchObject({ code: 0, err: '' })
    expect(await bizerror(['diff', '--', '--output'])).toMatchObject({ code: 0, err: '' })
  })

  test('of a branch that went on is compared, and said to be ahead', async () => {
    const { bizerror, git, commit } = changed(SHOP)
    git('checkout', '--quiet', '-b', 'feature')
    git('checkout', '--quiet', 'main')
    commit()
    git('checkout', '--quiet', 'feature')
    expect(await bizerror(['diff', 'main'])).toEqual({
      code: 0,
      out: 'shop  errors.json at main  →  errors.mjs\n\nNo changes.\n',
      err: 'main has commits that are not in HEAD: what came there since shows as gone. Merge it, or compare with $(git merge-base main HEAD).\n',
    })
    expect(await bizerror(['diff', 'main', '-q'])).toMatchObject({ code: 0, err: '' })
  })

  test('is read from a folder that can only be read, and through a link', async () => {
    const { bizerror, folder } = unchanged()
    mkdirSync(join(folder, 'links'))
    symlinkSync('../errors.json', join(folder, 'links/errors.json'))
    expect(await bizerror(['diff', 'links/errors.json'])).toMatchObject({ code: 0, err: '' })
  })
})
