import { isCode, type Code } from '../../catalog/code.ts'
import { keyOf, type Evaluator } from './evaluate.ts'
import type { Site } from './outline.ts'
import type { Project } from './project.ts'
import type { Definition, Mention, Place, Use } from './scan.ts'
import { ANY, type ClassScope, type Placed } from './scope.ts'
import { nameOf, unwrapped, type Call, type FunctionNode, type ObjectNode, type Syntax } from './syntax.ts'
import type { Frame, Value, Values } from './values.ts'

/** Something found, by its offset in an absolute file. */
type Located<TFound extends Place> = Omit<TFound, keyof Place> & Offset

interface Offset {
  readonly file: string
  readonly offset: number
}

interface CallSite extends Site {
  readonly node: Call
}

/** A call that may make an error, and the calls that led to it, where its key is what a caller gives. */
interface Made {
  readonly site: CallSite
  /** From the inside out. */
  readonly calls: readonly Pick<Frame, 'of' | 'given'>[]
}

/** A chain of functions that only hand a key on is not longer. */
const MAX_CALLS = 5
/** Of errors that wait for callers: each of them may have many. */
const MAX_OPEN = 100_000
const MAX_TEXT = 60
const MAX_OPTION_DEPTH = 8

/** Reads the sites of files: which of them make errors, and of which keys. */
export class Reader {
  readonly uses: Located<Use>[] = []
  readonly mentions: Mention[] = []
  readonly definitions: Located<Definition>[] = []
  readonly bases = new Map<string, readonly string[]>()
  readonly #project: Project
  readonly #evaluator: Evaluator
  readonly #keys: ReadonlySet<string>
  /** Errors that depend on the callers of a function. */
  readonly #open: (readonly [of: FunctionNode, Made])[] = []
  readonly #callers = new Map<FunctionNode, CallSite[]>()
  readonly #givenAway = new Set<FunctionNode>()

  /** @param keys - of the catalogs that are asked about, as texts */
  constructor(project: Project, evaluator: Evaluator, keys: ReadonlySet<string>) {
    this.#project = project
    this.#evaluator = evaluator
    this.#keys = keys
  }

  read(file: string): void {
    for (const site of this.#project.outline(file)?.sites.splice(0) ?? []) {
      if (isCall(site)) this.#readCall({ site, calls: [] })
      else this.#readReference(site)
    }
  }

  /** Follows keys that functions are given to those who call them. Those of a function that nobody calls stay open. */
  finish(): void {
    // Grows while it is walked.
    for (const [of, made] of this.#open) {
      const callers = this.#callers.get(of) ?? []
      const isTooLong = made.calls.length === MAX_CALLS || this.#open.length > MAX_OPEN
      if (callers.length === 0 || this.#givenAway.has(of) || isTooLong) {
        this.#readCall(made, true)
        continue
      }
      for (const { node, scope } of callers) {
        const given = node.arguments.map((argument) => ({ node: argument, scope }))
        this.#readCall({ ...made, calls: [...made.calls, { of, given }] })
      }
    }
  }

  /** @param isLast - whether what depends on a caller is not to be followed any further */
  #readCall(made: Made, isLast = false): void {
    const { node } = made.site
    const callees = this.#calleesOf(made.site, frameOf(made))
    for (const value of callees) {
      switch (value.kind) {
        case 'factory':
          this.#readFactory(made, value, isLast)
          break
        case 'bizerror':
          if (node.type === 'NewExpression' || node.callee.type === 'Super') {
            this.#readKey(made, value.catalog, node.arguments[0], isLast)
          }
          break
        case 'class':
          this.#readClass(made, value.of, isLast)
          break
        case 'question':
          if (made.calls.length === 0) this.#readQuestion(made.site, value.catalog)
          break
        case 'function':
          if (made.calls.length === 0) this.#addCaller(value.node, made.site)
          break
        case 'ours':
          if (made.calls.length === 0) this.#readOurs(value.name, made.site)
          break
        default:
      }
    }
    if (made.calls.length === 0) this.#readArguments(made.site)
    if (!callees.some(isOurs)) this.#readUnknown(made, callees, isLast)
  }

  #calleesOf({ node, scope }: CallSite, frame: Frame | undefined): Values {
    if (node.callee.type !== 'Super') return this.#evaluator.valuesOf({ node: node.callee, scope }, frame)
    const { self } = scope
    return self?.node.superClass
      ? this.#evaluator.valuesOf({ node: self.node.superClass, scope: self.scope }, frame)
      : []
  }

  /** `errors.KEY(options)`, `errors[key](options)` */
  #readFactory(
    made: Made,
    { catalog, key }: Extract<Value, { readonly kind: 'factory' }>,
    isLast: boolean,
  ): void {
    const { node } = made.site
    if (key !== undefined) return this.#use(made, catalog, key, node.arguments[0])
    const callee = unwrapped(node.callee)
    const property = callee.type === 'MemberExpression' && callee.computed ? callee.property : undefined
    const keys =
      property === undefined
        ? []
        : this.#evaluator.valuesOf({ node: property, scope: made.site.scope }, frameOf(made))
    this.#useEach(made, catalog, keys, node.arguments[0], isLast)
  }

  /** `new BizError(key, options)`, and `super(key, options)` */
  #readKey(made: Made, catalog: string | undefined, key: Syntax | undefined, isLast: boolean): void {
    const { node, scope } = made.site
    const keys = key === undefined ? [] : this.#evaluator.valuesOf({ node: key, scope }, frameOf(made))
    this.#useEach(made, catalog, keys, node.arguments[1], isLast)
  }

  /** An instance of a class: its own constructor says which error it is, else that of the class it extends. */
  #readClass(made: Made, of: ClassScope, isLast: boolean): void {
    if (of.constructorNode !== undefined) {
      if (made.calls.length === 0) this.#addCaller(of.constructorNode, made.site)
      return
    }
    const { superClass } = of.node
    if (superClass === null) return
    for (const value of this.#evaluator.valuesOf({ node: superClass, scope: of.scope })) {
      if (value.kind === 'class') this.#readClass(made, value.of, isLast)
      if (value.kind === 'bizerror') this.#readKey(made, value.catalog, made.site.node.arguments[0], isLast)
    }
  }

  #useEach(
    made: Made,
    catalog: string | undefined,
    keys: Values,
    options: Syntax | undefined,
    isLast: boolean,
  ): void {
    const known = keys.filter((value) => value.kind === 'constant')
    for (const { value } of known) this.#use(made, catalog, value, options)
    const functions = new Set(
      keys.flatMap((value) => (value.kind === 'parameter' ? [value.parameter.of] : [])),
    )
    if (!isLast) for (const of of functions) this.#open.push([of, made])
    const isUnknown = keys.some(({ kind }) => kind !== 'constant' && kind !== 'parameter')
    if (isUnknown || keys.length === 0 || (isLast && functions.size > 0)) {
      this.#use(made, catalog, undefined, options)
    }
  }

  /** What nobody knows to be ours, but looks as if it were: a catalog that came as an argument, or from nowhere. */
  #readUnknown(made: Made, callees: Values, isLast: boolean): void {
    const { node, scope, isThrown } = made.site
    if (callees.length === 0) return
    const callee = unwrapped(node.callee)
    const name = lastNameOf(callee)
    if (node.type === 'NewExpression') {
      if (name?.endsWith('BizError') !== true) return
      if (this.#waitsForCallers(made, callees, isLast)) return
      const [key] = node.arguments
      const keys = key === undefined ? [] : this.#evaluator.valuesOf({ node: key, scope }, frameOf(made))
      return this.#useEach(made, undefined, keys, node.arguments[1], true)
    }
    if (callee.type !== 'MemberExpression' || lastNameOf(unwrapped(callee.object)) !== 'errors') return
    if (!isThrown && (name === undefined || !this.#keys.has(name))) return
    if (this.#waitsForCallers(made, callees, isLast)) return
    this.#use(made, undefined, name === undefined ? undefined : keyOf(name), node.arguments[0])
  }

  #waitsForCallers(made: Made, callees: Values, isLast: boolean): boolean {
    const functions = callees.flatMap((value) => (value.kind === 'parameter' ? [value.parameter.of] : []))
    if (isLast || functions.length === 0) return false
    for (const of of new Set(functions)) this.#open.push([of, made])
    return true
  }

  /** `errors.KEY`, handed to somebody. */
  #readReference(site: Site): void {
    for (const value of this.#evaluator.valuesOf(site)) {
      if (value.kind !== 'factory') continue
      const { catalog, key } = value
      if (key === undefined) this.mentions.push({ catalog, key })
      else
        this.uses.push({ ...this.#found(site), how: 'given', catalog, key, params: undefined, as: undefined })
    }
  }

  /** `shop.is(error, key)` */
  #readQuestion({ node, scope }: CallSite, catalog: string | undefined): void {
    for (const argument of node.arguments.slice(1)) {
      for (const value of this.#evaluator.valuesOf({ node: argument, scope })) {
        if (value.kind !== 'constant') continue
        const place = this.#found({ node: argument, scope })
        this.uses.push({
          ...place,
          how: 'asked',
          catalog,
          key: value.value,
          params: undefined,
          as: undefined,
        })
      }
    }
  }

  #readArguments({ node, scope }: CallSite): void {
    for (const argument of node.arguments) {
      if (argument.type !== 'Identifier' && argument.type !== 'MemberExpression') continue
      for (const value of this.#evaluator.valuesOf({ node: argument, scope })) {
        if (value.kind === 'function') this.#givenAway.add(value.node)
      }
    }
  }

  #addCaller(of: FunctionNode, site: CallSite): void {
    const callers = this.#callers.get(of)
    // A function that calls itself gives what it was given.
    if (site.scope.inside === of) return
    if (callers === undefined) this.#callers.set(of, [site])
    else callers.push(site)
  }

  /** A call of one of our functions, whose options may name errors. */
  #readOurs(name: string, { node, scope }: CallSite): void {
    const [first] = node.arguments
    if (first === undefined) return
    if (name === 'defineCatalog') return this.#readDefinition({ node, scope })
    for (const argument of node.arguments) {
      const values = this.#evaluator.valuesOf({ node: argument, scope })
      // `relayed(shop)`: any of them may come from another server.
      for (const value of name === 'relayed' ? values : []) {
        if (value.kind === 'catalog') this.mentions.push({ catalog: value.catalog, key: undefined })
      }
      this.#readOptions(values, undefined, undefined, 0)
    }
  }

  #readOptions(values: Values, name: string | undefined, catalog: string | undefined, depth: number): void {
    if (depth > MAX_OPTION_DEPTH) return
    for (const value of values) {
      if (value.kind === 'constant' && name !== undefined && NAMES_ERRORS.has(name)) {
        this.mentions.push({ catalog, key: value.value })
      } else if (value.kind === 'array') {
        this.#readOptions(this.#evaluator.memberOf(value, ANY), name, catalog, depth + 1)
      } else if (value.kind === 'object') {
        const own = this.#evaluator.memberOf(value, 'catalog').find(({ kind }) => kind === 'catalog')
        const whose = own?.kind === 'catalog' ? own.catalog : catalog
        for (const property of value.node.properties) {
          const isProperty = property.type === 'Property'
          const next = isProperty ? nameOf(property.key, property.computed) : name
          const inside = isProperty ? property.value : property.argument
          this.#readOptions(
            this.#evaluator.valuesOf({ node: inside, scope: value.scope }),
            // `conceal: { 401: 'KEY' }`
            next !== undefined && /^\d+$/.test(next) ? name : next,
            whose,
            depth + 1,
          )
        }
      }
    }
  }

  #readDefinition(call: Placed): void {
    const [catalog] = this.#evaluator.valuesOf(call)
    if (catalog?.kind !== 'catalog' || catalog.catalog === undefined || call.node.type !== 'CallExpression')
      return
    const name = catalog.catalog
    for (const given of this.#evaluator.valuesOf({ node: call.node.arguments[0]!, scope: call.scope })) {
      const bases = this.#evaluator
        .memberOf(given, 'extends')
        .flatMap((value) => (value.kind === 'catalog' && value.catalog !== undefined ? [value.catalog] : []))
      if (bases.length > 0) this.bases.set(name, bases)
      this.#readDefinitions(name, this.#evaluator.memberOf(given, 'errors'), 0)
    }
  }

  #readDefinitions(catalog: string, values: Values, depth: number): void {
    if (depth > MAX_OPTION_DEPTH) return
    for (const value of values) {
      if (value.kind === 'array') {
        this.#readDefinitions(catalog, this.#evaluator.memberOf(value, ANY), depth + 1)
      }
      if (value.kind !== 'object') continue
      for (const property of value.node.properties) {
        if (property.type !== 'Property') {
          const spread = this.#evaluator.valuesOf({ node: property.argument, scope: value.scope })
          this.#readDefinitions(catalog, spread, depth + 1)
          continue
        }
        const name = nameOf(property.key, property.computed)
        if (name === undefined) continue
        const { file } = value.scope
        this.definitions.push({ catalog, key: keyOf(name), file, offset: property.key.start })
      }
    }
  }

  #use(made: Made, catalog: string | undefined, key: Code | undefined, options: Syntax | undefined): void {
    const frame = frameOf(made)
    const given = options && { node: options, scope: made.site.scope }
    const outermost = made.calls.at(-1)
    const [first] = outermost?.given ?? []
    this.uses.push({
      ...this.#found(made.site, first),
      how: 'made',
      catalog,
      key,
      params: given === undefined ? [] : this.#paramsIn(given, frame),
      as: given === undefined ? undefined : this.#asIn(given, frame),
    })
  }

  /** The names of the params that are given. Undefined where they cannot be read. */
  #paramsIn(options: Placed, frame: Frame | undefined): readonly string[] | undefined {
    const [first] = this.#evaluator.valuesOf(options, frame)
    if (first?.kind === 'undefined') return []
    const object = this.#objectOf(options, frame)
    const params = object && propertyOf(object.node, 'params')
    if (params === ABSENT) return []
    if (params === undefined) return undefined
    return namesOf(this.#objectOf({ node: params, scope: object!.scope }, frame)?.node)
  }

  #asIn(options: Placed, frame: Frame | undefined): Code | undefined {
    const object = this.#objectOf(options, frame)
    const as = object && propertyOf(object.node, 'as')
    if (as === undefined || as === ABSENT) return undefined
    const [only, ...others] = this.#evaluator.valuesOf({ node: as, scope: object!.scope }, frame)
    return only?.kind === 'constant' && others.length === 0 && isCode(only.value) ? only.value : undefined
  }

  #objectOf(
    placed: Placed,
    frame: Frame | undefined,
  ): Extract<Value, { readonly kind: 'object' }> | undefined {
    const [only, ...others] = this.#evaluator.valuesOf(placed, frame)
    return only?.kind === 'object' && others.length === 0 ? only : undefined
  }

  /** @param caller - what the outermost caller gave, where the error is made by what it calls */
  #found(site: Placed, caller?: Placed): Offset & Pick<Use, 'text'> {
    const { node, scope } = caller ?? site
    const { file } = scope
    const said = isCallNode(site.node) ? site.node.callee : site.node
    const text = (this.#project.text(site.scope.file) ?? '').slice(said.start, said.end).replace(/\s+/g, ' ')
    return {
      file,
      offset: caller === undefined ? keyPositionOf(node) : node.start,
      text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text,
    }
  }
}

/** Options under these names hold keys: rules of identify and conceal, policies, `as`. */
const NAMES_ERRORS = new Set(['error', 'errors', 'as', 'conceal'])

const ABSENT = Symbol('absent')

/** The value of a property. Undefined where what is spread may have it, too. */
function propertyOf({ properties }: ObjectNode, name: string): Syntax | typeof ABSENT | undefined {
  for (const property of properties.toReversed()) {
    if (property.type !== 'Property') return undefined
    const own = nameOf(property.key, property.computed)
    if (own === undefined) return undefined
    if (own === name) return property.value
  }
  return ABSENT
}

function namesOf(object: ObjectNode | undefined): readonly string[] | undefined {
  const names = object?.properties.map((property) =>
    property.type === 'Property' ? nameOf(property.key, property.computed) : undefined,
  )
  return names?.every((name) => name !== undefined) === true ? names : undefined
}

function frameOf({ calls }: Made): Frame | undefined {
  return calls.reduceRight<Frame | undefined>((outer, call) => ({ ...call, outer }), undefined)
}

function isOurs({ kind }: Value): boolean {
  return kind !== 'unknown' && kind !== 'parameter'
}

function isCall(site: Site): site is CallSite {
  return isCallNode(site.node)
}

function isCallNode(node: Syntax): node is Call {
  return node.type === 'CallExpression' || node.type === 'NewExpression'
}

/** Where an editor should go to: the name behind the last dot, or what is given to `new`. */
function keyPositionOf(node: Syntax): number {
  if (node.type === 'MemberExpression') return node.property.start
  if (!isCallNode(node)) return node.start
  if (node.type === 'NewExpression' || node.callee.type === 'Super') return (node.arguments[0] ?? node).start
  return keyPositionOf(unwrapped(node.callee))
}

/** The name behind the last dot. */
function lastNameOf(node: Syntax): string | undefined {
  if (node.type === 'MemberExpression') return nameOf(node.property, node.computed)
  return node.type === 'Identifier' ? node.name : undefined
}
