import { isCode, type Code } from '../../catalog/code.ts'
import { oursOf } from './ours.ts'
import { isExports, type Exported, type Outline } from './outline.ts'
import {
  ANY,
  CALLED,
  typeName,
  type Binding,
  type ClassScope,
  type Placed,
  type Scope,
  type Source,
  type Step,
} from './scope.ts'
import { nameOf, type Call, type ObjectNode, type Syntax } from './syntax.ts'
import { constant, NOTHING, UNDEFINED, UNKNOWN, type Frame, type Value, type Values } from './values.ts'

/** What a name in quotes behind `from` leads to. */
export type Target =
  | { readonly kind: 'file'; readonly file: string }
  /** An entry point of ours. */
  | { readonly kind: 'ours'; readonly name: string }
  /** Something that knows nothing of us. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' }

/** The files that values are followed through. */
export interface Modules {
  /** Undefined for a file that cannot be read. */
  readonly outline: (file: string) => Outline | undefined
  readonly resolve: (from: string, specifier: string) => Target
  /** The name of the catalog of a file that says it nowhere in words. */
  readonly catalogOf: (file: string) => string | undefined
}

// What goes deeper goes round in a circle, or was made by a machine.
const MAX_DEPTH = 200
const MAX_VALUES = 20_000

/** Says what expressions may be, by following names through scopes and files. Runs nothing. */
export class Evaluator {
  readonly #modules: Modules
  /** What names stand for, wherever they are read. */
  readonly #known = new WeakMap<Binding, Values>()
  readonly #asked = new Set<object>()
  #depth = 0
  /** How often something was not followed, since it led back to itself: what depends on it is asked for anew. */
  #cuts = 0

  constructor(modules: Modules) {
    this.#modules = modules
  }

  /** Returns all that an expression may be. */
  valuesOf({ node, scope }: Placed, frame?: Frame): Values {
    if (this.#depth > MAX_DEPTH) return this.#cut(UNKNOWN)
    this.#depth += 1
    const values = distinct(this.#evaluate(node, scope, frame))
    this.#depth -= 1
    return values
  }

  /** Finds something out, unless that is under way: a value that is made of itself has no more than its other parts. */
  #once(about: object, find: () => Values): Values {
    if (this.#asked.has(about)) return this.#cut(NOTHING)
    this.#asked.add(about)
    const values = find()
    this.#asked.delete(about)
    return values
  }

  #cut(values: Values): Values {
    this.#cuts += 1
    return values
  }

  #evaluate(node: Syntax, scope: Scope, frame: Frame | undefined): Values {
    const at = (each: Syntax): Values => this.valuesOf({ node: each, scope }, frame)
    switch (node.type) {
      case 'Literal':
        return isCode(node.value) ? constant(node.value) : NOTHING
      case 'TemplateLiteral': {
        const texts = node.quasis.map(({ value }) => value.cooked ?? '')
        return node.expressions.reduce<Values>(
          (start, each, index) => joined(joined(start, at(each)), constant(texts[index + 1]!)),
          constant(texts[0]!),
        )
      }
      case 'BinaryExpression':
        return node.operator === '+' ? joined(at(node.left), at(node.right)) : NOTHING
      case 'UnaryExpression':
        if (node.operator !== '-') return node.operator === 'void' ? UNDEFINED : NOTHING
        return at(node.argument).flatMap((value) =>
          value.kind === 'constant' && typeof value.value === 'number' ? constant(-value.value) : UNKNOWN,
        )
      case 'Identifier':
        if (isExports(node, scope)) return this.#whole(scope.file)
        return this.#ofName(node.name, scope, frame)
      case 'ThisExpression':
        return scope.self === null ? UNKNOWN : [{ kind: 'instance', of: scope.self }]
      case 'MemberExpression': {
        if (isExports(node, scope)) return this.#whole(scope.file)
        const name = nameOf(node.property, node.computed) ?? privateNameOf(node.property)
        const names = name === undefined ? namesIn(at(node.property)) : [name]
        return at(node.object).flatMap((value) => names.flatMap((each) => this.#member(value, each, frame)))
      }
      case 'ConditionalExpression':
        return [...at(node.consequent), ...at(node.alternate)]
      case 'LogicalExpression':
        return [...at(node.left), ...at(node.right)]
      case 'AssignmentExpression':
        return at(node.right)
      case 'SequenceExpression':
        return node.expressions.length === 0 ? NOTHING : at(node.expressions.at(-1)!)
      case 'AwaitExpression':
        return at(node.argument)
      case 'ParenthesizedExpression':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSTypeAssertion':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
        return at(node.expression)
      case 'ObjectExpression':
        return [{ kind: 'object', node, scope }]
      case 'ArrayExpression':
        return [{ kind: 'array', node, scope }]
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return [{ kind: 'function', node, scope }]
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const of = this.#modules.outline(scope.file)?.classes.get(node)
        return of === undefined ? UNKNOWN : [{ kind: 'class', of }]
      }
      case 'TSEnumDeclaration':
        return [{ kind: 'enum', node, scope }]
      case 'TSModuleDeclaration': {
        const inside = this.#modules.outline(scope.file)?.namespaces.get(node)
        return inside === undefined ? UNKNOWN : [{ kind: 'namespace', scope: inside }]
      }
      case 'CallExpression':
      case 'NewExpression':
        return this.#ofCall(node, scope, frame)
      case 'ImportExpression':
        return at(node.source).flatMap((value) =>
          value.kind === 'constant' ? this.#module(scope.file, String(value.value)) : UNKNOWN,
        )
      case 'TSExternalModuleReference':
        return at(node.expression).flatMap((value) =>
          value.kind === 'constant' ? this.#wholeModule(scope.file, String(value.value)) : UNKNOWN,
        )
      default:
        return this.#ofType(node, scope)
    }
  }

  /** What a value of a type is: `typeof shop`, `1006 | 1007`. */
  #ofType(node: Syntax, scope: Scope): Values {
    switch (node.type) {
      case 'TSTypeQuery':
        return this.valuesOf({ node: node.exprName, scope })
      case 'TSQualifiedName':
        return this.valuesOf({ node: node.left, scope }).flatMap((value) =>
          this.#member(value, node.right.name, undefined),
        )
      case 'TSLiteralType':
        return this.valuesOf({ node: node.literal, scope })
      case 'TSTypeReference':
        return node.typeName.type === 'Identifier' ? this.#ofTypeName(node.typeName.name, scope) : UNKNOWN
      case 'TSIndexedAccessType':
        // `(typeof CODES)[keyof typeof CODES]`
        return this.valuesOf({ node: node.objectType, scope }).flatMap((value) =>
          this.#member(value, ANY, undefined),
        )
      case 'TSUnionType':
        return node.types.flatMap((each) => this.valuesOf({ node: each, scope }))
      default:
        return UNKNOWN
    }
  }

  #ofTypeName(name: string, scope: Scope): Values {
    const own = scope.find(typeName(name))
    if (own !== undefined) return this.#ofBinding(own, scope, undefined)
    const binding = scope.find(name)
    if (binding === undefined) return UNKNOWN
    const { imported } = binding
    const types =
      imported === undefined || imported.name === '*'
        ? NOTHING
        : this.#imported(scope.file, imported.from, typeName(imported.name))
    if (types.length > 0) return types
    const values = this.#ofBinding(binding, scope, undefined)
    const isEnum = values.length > 0 && values.every(({ kind }) => kind === 'enum')
    return isEnum ? values.flatMap((value) => this.#member(value, ANY, undefined)) : UNKNOWN
  }

  #ofName(name: string, scope: Scope, frame: Frame | undefined): Values {
    const binding = scope.find(name)
    if (binding !== undefined) return this.#ofBinding(binding, scope, frame)
    return name === 'undefined' ? UNDEFINED : UNKNOWN
  }

  #ofBinding(binding: Binding, scope: Scope, frame: Frame | undefined): Values {
    const known = frame === undefined ? this.#known.get(binding) : undefined
    if (known !== undefined) return known
    const before = this.#cuts
    const values = distinct(this.#once(binding, () => this.#given(binding, scope, frame)))
    if (frame === undefined && this.#cuts === before) this.#known.set(binding, values)
    return values
  }

  /** What a name is given, by whomever. */
  #given(
    { imported, parameter, type, sources, isOpen }: Binding,
    scope: Scope,
    frame: Frame | undefined,
  ): Values {
    const values: Value[] = sources.flatMap((source) => this.#ofSource(source, frame))
    if (imported !== undefined) values.push(...this.#imported(scope.file, imported.from, imported.name))
    if (parameter !== undefined) values.push(...this.#ofParameter(parameter, frame))
    if (isOpen) values.push(...UNKNOWN)
    if (type === undefined || values.some(isRead)) return values
    // Of a name that nobody here gives a value, the type may say it.
    const typed = this.valuesOf(type)
    return values.length === 0 || !typed.some(({ kind }) => kind === 'unknown') ? typed : values
  }

  #ofSource({ node, scope, path }: Source, frame: Frame | undefined): Values {
    return this.#within(this.valuesOf({ node, scope }, frame), path, frame)
  }

  #within(values: Values, path: readonly Step[], frame: Frame | undefined): Values {
    return path.reduce<Values>(
      (found, step) =>
        distinct(
          found.flatMap((value) =>
            step === CALLED ? this.#result(value, undefined) : this.#member(value, step, frame),
          ),
        ),
      values,
    )
  }

  #ofParameter(parameter: NonNullable<Binding['parameter']>, frame: Frame | undefined): Values {
    for (let each = frame; each !== undefined; each = each.outer) {
      if (each.of !== parameter.of) continue
      const given = each.given[parameter.index]
      if (given === undefined) return UNDEFINED
      if (given.node.type === 'SpreadElement') return UNKNOWN
      return this.#within(this.valuesOf(given, each.outer), parameter.path, each.outer)
    }
    return [{ kind: 'parameter', parameter }]
  }

  /** Returns what a member of a value may be. */
  memberOf(value: Value, name: Step): Values {
    return this.#member(value, name, undefined)
  }

  #member(value: Value, name: Step, frame: Frame | undefined): Values {
    switch (value.kind) {
      case 'catalog':
        if (name === 'errors') return [{ kind: 'errors', catalog: value.catalog }]
        if (name === 'BizError') return [{ kind: 'bizerror', catalog: value.catalog }]
        return name === 'is' ? [{ kind: 'question', catalog: value.catalog }] : NOTHING
      case 'errors':
        return [
          {
            kind: 'factory',
            catalog: value.catalog,
            key: typeof name === 'string' ? keyOf(name) : undefined,
          },
        ]
      case 'factory':
        return name === 'bind' || name === 'call' || name === 'apply' ? [value] : NOTHING
      case 'package':
        return typeof name === 'string' ? oursOf(value.name, name) : UNKNOWN
      case 'module':
        return typeof name === 'string' ? this.#exportOf(value.file, name) : UNKNOWN
      case 'namespace': {
        const binding = typeof name === 'string' ? value.scope.names.get(name) : undefined
        return binding === undefined ? UNKNOWN : this.#ofBinding(binding, value.scope, frame)
      }
      case 'object':
        return this.#property(value.node, value.scope, name, frame)
      case 'array':
        return value.node.elements.flatMap((node, index) => {
          if (node === null || (name !== ANY && name !== String(index))) return NOTHING
          if (node.type !== 'SpreadElement') return this.valuesOf({ node, scope: value.scope }, frame)
          return this.valuesOf({ node: node.argument, scope: value.scope }, frame).flatMap((each) =>
            this.#member(each, ANY, frame),
          )
        })
      case 'enum':
        return this.#enumMember(value, name)
      case 'class':
        return this.#classMember(value.of, 'statics', name)
      case 'instance': {
        const members = this.#classMember(value.of, 'members', name)
        return members.length === 0 ? UNKNOWN : members
      }
      case 'parameter': {
        const { parameter } = value
        return [{ kind: 'parameter', parameter: { ...parameter, path: [...parameter.path, name] } }]
      }
      case 'unknown':
        return UNKNOWN
      default:
        return NOTHING
    }
  }

  #property(node: ObjectNode, scope: Scope, name: Step, frame: Frame | undefined): Values {
    const values: Value[] = []
    // The last of a name is the one that counts.
    for (const property of name === ANY ? node.properties : node.properties.toReversed()) {
      if (property.type !== 'Property') {
        const spread = this.valuesOf({ node: property.argument, scope }, frame)
        values.push(...spread.flatMap((each) => this.#member(each, name, frame)))
        continue
      }
      const own = nameOf(property.key, property.computed)
      const names = own === undefined ? namesIn(this.valuesOf({ node: property.key, scope }, frame)) : [own]
      if (name !== ANY && !names.includes(name) && !names.includes(ANY)) continue
      const found = this.valuesOf({ node: property.value, scope }, frame)
      values.push(
        ...(property.kind === 'get' ? found.flatMap((each) => this.#result(each, undefined)) : found),
      )
      if (name !== ANY && own !== undefined) break
    }
    return values
  }

  #enumMember({ node, scope }: Extract<Value, { readonly kind: 'enum' }>, name: Step): Values {
    let next: number | undefined = 0
    const values: Value[] = []
    for (const { id, initializer } of node.body.members) {
      const own: Values =
        initializer === null
          ? next === undefined
            ? UNKNOWN
            : constant(next)
          : this.valuesOf({ node: initializer, scope })
      const [only] = own
      next = only?.kind === 'constant' && typeof only.value === 'number' ? only.value + 1 : undefined
      if (name === ANY || nameOf(id) === name) values.push(...own)
    }
    return values
  }

  #classMember(of: ClassScope, side: 'statics' | 'members', name: Step): Values {
    if (typeof name !== 'string') return UNKNOWN
    const binding = of[side].get(name)
    if (binding !== undefined) return this.#ofBinding(binding, of.scope, undefined)
    const { superClass } = of.node
    if (superClass === null) return NOTHING
    return this.valuesOf({ node: superClass, scope: of.scope }).flatMap((value) =>
      value.kind === 'class'
        ? this.#classMember(value.of, side, name)
        : side === 'statics'
          ? this.#member(value, name, undefined)
          : NOTHING,
    )
  }

  #ofCall(node: Call, scope: Scope, frame: Frame | undefined): Values {
    const { callee } = node
    const given = node.arguments.map((argument) => ({ node: argument, scope }))
    if (isGlobal(callee, 'require', scope) && given.length === 1) {
      return this.valuesOf(given[0]!, frame).flatMap((value) =>
        value.kind === 'constant' ? this.#wholeModule(scope.file, String(value.value)) : UNKNOWN,
      )
    }
    if (
      callee.type === 'MemberExpression' &&
      isGlobal(callee.object, 'Object', scope) &&
      ['freeze', 'seal', 'assign'].includes(nameOf(callee.property, callee.computed) ?? '')
    ) {
      return given.flatMap((each) => this.valuesOf(each, frame))
    }
    return this.valuesOf({ node: callee, scope }, frame).flatMap((value) => {
      if (value.kind === 'ours') return this.#ofOurs(value.name, given, frame)
      if (value.kind === 'class') return [{ kind: 'instance', of: value.of }]
      return this.#result(value, { given, outer: frame })
    })
  }

  /** What calling a value gives. */
  #result(value: Value, call: Pick<Frame, 'given' | 'outer'> | undefined): Values {
    if (value.kind === 'unknown' || value.kind === 'parameter') return UNKNOWN
    if (value.kind !== 'function') return NOTHING
    const returns = this.#modules.outline(value.scope.file)?.returns.get(value.node) ?? []
    const frame = call && { of: value.node, ...call }
    return this.#once(value.node, () => returns.flatMap((each) => this.valuesOf(each, frame)))
  }

  #ofOurs(name: string, given: readonly Placed[], frame: Frame | undefined): Values {
    const [first] = given
    if (first === undefined) return NOTHING
    if (name === 'defineErrors') return this.valuesOf(first, frame)
    if (name !== 'defineCatalog') return NOTHING
    const names = this.valuesOf(first, frame).flatMap((value) => this.#member(value, 'name', frame))
    const [only] = names
    return [
      {
        kind: 'catalog',
        catalog:
          names.length === 1 && only?.kind === 'constant'
            ? String(only.value)
            : this.#modules.catalogOf(first.scope.file),
      },
    ]
  }

  #imported(from: string, specifier: string, name: string): Values {
    return this.#module(from, specifier).flatMap((module) =>
      name === '*' ? [module] : this.#member(module, name, undefined),
    )
  }

  #module(from: string, specifier: string): Values {
    const target = this.#modules.resolve(from, specifier)
    if (target.kind === 'file') return [{ kind: 'module', file: target.file }]
    if (target.kind === 'ours') return [{ kind: 'package', name: target.name }]
    return target.kind === 'foreign' ? NOTHING : UNKNOWN
  }

  /** What `require` gives: all that a module exports, or what it exports as a whole. */
  #wholeModule(from: string, specifier: string): Values {
    return this.#module(from, specifier).flatMap((value) =>
      value.kind === 'module' ? this.#whole(value.file) : [value],
    )
  }

  #whole(file: string): Values {
    const { wholes = [] } = this.#modules.outline(file) ?? {}
    return wholes.length === 0 ? [{ kind: 'module', file }] : wholes.flatMap((each) => this.valuesOf(each))
  }

  #exportOf(file: string, name: string): Values {
    const outline = this.#modules.outline(file)
    if (outline === undefined) return UNKNOWN
    const exported = outline.exports.get(name)
    if (exported !== undefined) return this.#ofExport(outline, exported)
    const common = outline.commonNames.get(name)
    if (common !== undefined) return this.#ofBinding(common, outline.scope, undefined)
    if (outline.wholes.length > 0) {
      const wholes = outline.wholes.flatMap((each) => this.valuesOf(each))
      return name === 'default' ? wholes : wholes.flatMap((each) => this.#member(each, name, undefined))
    }
    if (name === 'default') return outline.commonNames.size > 0 ? [{ kind: 'module', file }] : NOTHING
    // Two files may pass on each other's.
    return this.#once(outline, () => outline.passedOn.flatMap((from) => this.#imported(file, from, name)))
  }

  #ofExport({ file, scope }: Outline, exported: Exported): Values {
    if ('from' in exported) return this.#imported(file, exported.from, exported.name)
    if ('local' in exported) return this.#ofName(exported.local, scope, undefined)
    return this.#ofSource(exported, undefined)
  }
}

const NUMBER = /^(?:0|[1-9]\d{0,14})$/

/** The key that a member's name is: a number where it is written as one, as in a catalog. */
export function keyOf(name: string): Code {
  return NUMBER.test(name) ? Number(name) : name
}

/** The names that members may have whose name is computed. Any where one of them is not known. */
function namesIn(values: Values): readonly Step[] {
  const names = values.map((value) => (value.kind === 'constant' ? String(value.value) : ANY))
  return names.length === 0 || names.includes(ANY) ? [ANY] : names
}

function privateNameOf(property: Syntax): string | undefined {
  return property.type === 'PrivateIdentifier' ? `#${property.name}` : undefined
}

function isGlobal(node: Syntax, name: string, scope: Scope): boolean {
  return node.type === 'Identifier' && node.name === name && scope.find(name) === undefined
}

function isRead({ kind }: Value): boolean {
  return kind !== 'unknown' && kind !== 'parameter'
}

/** Every text that one of the first and one of the second make. */
function joined(first: Values, second: Values): Values {
  return first.flatMap((start) =>
    second.flatMap((end): Values => {
      if (start.kind !== 'constant' || end.kind !== 'constant') return UNKNOWN
      if (typeof start.value === 'number' && typeof end.value === 'number') {
        return constant(start.value + end.value)
      }
      return constant(`${start.value}${end.value}`)
    }),
  )
}

/** Leaves out what is there already. */
function distinct(values: Values): Values {
  if (values.length < 2) return values
  const seen = new Map<string | object, Value>()
  // What may also be missing is there, where it matters.
  for (const value of values) if (value.kind !== 'undefined') seen.set(identityOf(value), value)
  if (seen.size === 0) return UNDEFINED
  const all = [...seen.values()]
  return all.length > MAX_VALUES ? UNKNOWN : all
}

function identityOf(value: Value): string | object {
  switch (value.kind) {
    case 'object':
    case 'array':
    case 'enum':
    case 'function':
      return value.node
    case 'class':
    case 'instance':
      return value.of
    case 'namespace':
      return value.scope
    case 'parameter':
      return value
    case 'constant':
      return `${typeof value.value} ${value.value}`
    default:
      return JSON.stringify(value)
  }
}
