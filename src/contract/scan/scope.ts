import type { ClassNode, FunctionNode, Syntax } from './syntax.ts'

/** Any element of a list. */
export const ANY = Symbol('any')

/** What a function gives back. */
export const CALLED = Symbol('called')

/** A way into a value: a member by name, any element, or what calling it gives. */
export type Step = string | typeof ANY | typeof CALLED

/** An expression where it stands. */
export interface Placed {
  readonly node: Syntax
  readonly scope: Scope
}

/** Types have names of their own, beside those of values. */
export function typeName(name: string): string {
  return `type ${name}`
}

/** What gives a name its value: an expression, or what is inside it. */
export interface Source extends Placed {
  readonly path: readonly Step[]
}

/** What a module of another file exports under a name. `*` is all of it. */
export interface Imported {
  readonly from: string
  readonly name: string
}

/** The value that a caller gives. */
export interface Parameter {
  readonly of: FunctionNode
  readonly index: number
  readonly path: readonly Step[]
}

/** What a name stands for: everything that it is ever given. */
export interface Binding {
  readonly sources: Source[]
  imported?: Imported
  parameter?: Parameter
  /** The type that it is said to have. */
  type?: Placed
  /** Whether it is given what cannot be read, as by `+=`, or by a catch. */
  isOpen: boolean
}

/** The members of a class, by name. */
export interface ClassScope {
  readonly node: ClassNode
  readonly scope: Scope
  readonly statics: Map<string, Binding>
  readonly members: Map<string, Binding>
  /** Its own, where it has one. */
  constructorNode?: FunctionNode
}

/** The names that are known at one place of a file. */
export class Scope {
  readonly names = new Map<string, Binding>()
  readonly file: string
  readonly parent: Scope | undefined
  /** The function whose body it is, or is in. */
  readonly inside: FunctionNode | undefined
  /** The class whose instance `this` is. */
  readonly self: ClassScope | null

  constructor(
    file: string,
    parent?: Scope,
    inside: FunctionNode | undefined = parent?.inside,
    self: ClassScope | null = parent?.self ?? null,
  ) {
    this.file = file
    this.parent = parent
    this.inside = inside
    this.self = self
  }

  /** Returns what a name stands for here. */
  find(name: string): Binding | undefined {
    return this.names.get(name) ?? this.parent?.find(name)
  }

  /** Returns the name's binding in this very scope, a new one where there is none. */
  declare(name: string): Binding {
    return bindingIn(this.names, name)
  }
}

export function bindingIn(names: Map<string, Binding>, name: string): Binding {
  const known = names.get(name)
  if (known !== undefined) return known
  const binding: Binding = { sources: [], isOpen: false }
  names.set(name, binding)
  return binding
}
