import { fileURLToPath } from 'node:url'
import ts from '@typescript/typescript6'
import { expect, test } from 'vitest'
import { ENTRIES } from '../../.build/entries.ts'

// Of a class, and of an Error; `#private` stands for all private fields.
const SAID_BY_THE_LANGUAGE = new Set(['#private', 'prototype'])

/** The public names without a docstring, of the types as they are published: `bizerror Catalog`, `bizerror Entry.status`. */
function undocumented(): { readonly all: number; readonly without: readonly string[] } {
  const files = ENTRIES.map(({ name, file }) => ({
    name,
    path: fileURLToPath(new URL(`../../dist/esm/${file}.d.ts`, import.meta.url)),
  }))
  const program = ts.createProgram(
    files.map(({ path }) => path),
    { module: ts.ModuleKind.NodeNext, noLib: true, types: [] },
  )
  const checker = program.getTypeChecker()
  const seen = new Set<ts.Symbol>()
  const without: string[] = []

  function look(where: string, symbol: ts.Symbol): void {
    if (seen.size === seen.add(symbol).size) return
    if (symbol.getDocumentationComment(checker).length === 0) without.push(where)
    for (const member of membersOf(symbol)) look(`${where}.${member.name}`, member)
  }

  for (const { name, path } of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path)!)!
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      look(`${name} ${exported.name}`, symbol)
    }
  }
  return { all: seen.size, without }
}

/** What an interface or a class declares under a name of its own. */
function membersOf({ members }: ts.Symbol): readonly ts.Symbol[] {
  const named = ts.SymbolFlags.Property | ts.SymbolFlags.Method | ts.SymbolFlags.Accessor
  return [...(members?.values() ?? [])].filter(
    ({ flags, name, declarations = [] }) =>
      flags & named &&
      !SAID_BY_THE_LANGUAGE.has(name) &&
      !declarations.some((each) => ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Private),
  )
}

test('every public name of the built types says what it is', () => {
  const { all, without } = undocumented()
  expect(all).toBeGreaterThan(200)
  expect(without).toEqual([])
})
