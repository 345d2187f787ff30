import { nameOf, type Identifier, type Syntax } from './syntax.ts'
import type { Placed, Scope, Step } from './scope.ts'

/** A name of a pattern. */
export interface PatternName {
  readonly name: string
  readonly node: Identifier
  /** Its way into the value. Undefined where it cannot be followed: the rest of a list, a computed member. */
  readonly path: readonly Step[] | undefined
  /** What it is where the value does not have it. */
  readonly defaults: readonly Syntax[]
}

/** Returns the names that a pattern gives parts of a value, such as `a` and `b` of `{ a, c: [b] }`. */
export function namesOf(
  pattern: Syntax,
  path: readonly Step[] | undefined = [],
  defaults: readonly Syntax[] = [],
): readonly PatternName[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, node: pattern, path, defaults }]
    case 'AssignmentPattern':
      return namesOf(pattern.left, path, [...defaults, pattern.right])
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        // What is left of an object has all that was not taken.
        if (property.type !== 'Property') return namesOf(property.argument, path)
        const name = nameOf(property.key, property.computed)
        return namesOf(property.value, name === undefined ? undefined : path && [...path, name])
      })
    case 'ArrayPattern':
      return pattern.elements.flatMap((element, index) =>
        element === null ? [] : namesOf(element, path && [...path, String(index)]),
      )
    case 'RestElement':
      return namesOf(pattern.argument, undefined)
    case 'TSParameterProperty':
      return namesOf(pattern.parameter, path, defaults)
    default:
      return []
  }
}

/** Returns the expressions in a pattern: default values, and computed names. */
export function expressionsIn(pattern: Syntax): readonly Syntax[] {
  switch (pattern.type) {
    case 'AssignmentPattern':
      return [pattern.right, ...expressionsIn(pattern.left)]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        if (property.type !== 'Property') return expressionsIn(property.argument)
        return [...(property.computed ? [property.key] : []), ...expressionsIn(property.value)]
      })
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : expressionsIn(element)))
    case 'RestElement':
      return expressionsIn(pattern.argument)
    case 'TSParameterProperty':
      return expressionsIn(pattern.parameter)
    default:
      return []
  }
}

/** Returns the type that a name or pattern is said to have. */
export function typeOf(node: Syntax, scope: Scope): Placed | undefined {
  if (node.type === 'AssignmentPattern') return typeOf(node.left, scope)
  if (node.type === 'TSParameterProperty') return typeOf(node.parameter, scope)
  if (node.type === 'TSTypeAliasDeclaration') return undefined
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined
  return annotation?.typeAnnotation === undefined ? undefined : { node: annotation.typeAnnotation, scope }
}
