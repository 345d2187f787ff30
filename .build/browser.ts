import { rolldown, type Plugin } from 'rolldown'
import { Visitor, type ESTree } from 'rolldown/utils'
import { ROOT } from './entries.ts'

/** What a browser loads in place of an entry point. */
const INPUT = { catalog: 'src/error/index.ts' }

/** What makes the words of a SetupError, and does nothing else. */
const WORDS = ['show', 'nearest', 'isCode', 'Object.keys', 'Object.getPrototypeOf', 'Object.hasOwn']

/**
 * Leaves the checks of definitions out: the server has made them, of the same file, and so has `bizerror lint`. They are
 * the statements that throw a SetupError, and the calls of functions that do nothing but check, which are all named so.
 */
export const withoutChecks: Plugin = {
  name: 'without-checks',
  transform(code) {
    if (!code.includes('SetupError')) return undefined
    const checks: ESTree.Span[] = []
    const take = (statement: ESTree.Statement): void => {
      if (isCheck(statement)) checks.push(statement)
    }
    new Visitor({
      ThrowStatement: take,
      IfStatement: take,
      ForOfStatement: take,
      ExpressionStatement: take,
    }).visit(this.parse(code, { lang: 'ts' }))
    return { code: checks.reduceRight(blank, code), map: null }
  },
}

function isCheck(statement: ESTree.Statement): boolean {
  switch (statement.type) {
    case 'ThrowStatement':
      return statement.argument.type === 'NewExpression' && isNamed(statement.argument.callee, /^SetupError$/)
    case 'ExpressionStatement':
      return (
        statement.expression.type === 'CallExpression' && isNamed(statement.expression.callee, /^check[A-Z]/)
      )
    case 'IfStatement':
      return statement.alternate === null && isCheck(statement.consequent)
    case 'ForOfStatement':
      return isCheck(statement.body)
    case 'BlockStatement':
      return (
        statement.body.length > 0 &&
        statement.body.every((each) => isCheck(each) || each.type === 'VariableDeclaration') &&
        isCheck(statement.body.at(-1)!)
      )
    default:
      return false
  }
}

function isNamed(callee: ESTree.Expression, name: RegExp): boolean {
  return callee.type === 'Identifier' && name.test(callee.name)
}

/** As long as before, so that the map is that of the source. */
function blank(code: string, { start, end }: ESTree.Span): string {
  return `${code.slice(0, start)}{}${code.slice(start + 2, end).replaceAll(/\S/g, ' ')}${code.slice(end)}`
}

/** Writes what browsers load, for bundlers that know the condition `browser`. */
export async function buildForBrowsers(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: ROOT,
    input: INPUT,
    // For `browser`, it would be decided here whether this is production.
    platform: 'neutral',
    tsconfig: 'tsconfig.json',
    treeshake: { manualPureFunctions: WORDS },
    plugins: [withoutChecks],
  })
  await bundle.write({
    format: 'esm',
    dir: `${folder}/browser`,
    sourcemap: true,
    comments: { jsdoc: false },
    minify: { compress: true, mangle: false, codegen: false },
  })
  await bundle.close()
}
