import { expressionsIn, namesOf, typeOf } from './pattern.ts'
import {
  ANY,
  bindingIn,
  CALLED,
  Scope,
  typeName,
  type Binding,
  type ClassScope,
  type Imported,
  type Placed,
  type Source,
} from './scope.ts'
import {
  eachChild,
  nameOf,
  unwrapped,
  type AnyNode,
  type Call,
  type ClassMember,
  type ClassNode,
  type FunctionNode,
  type Identifier,
  type MemberExpression,
  type Syntax,
} from './syntax.ts'

/** A call, or what is given away without one. */
export interface Site {
  readonly node: Call | MemberExpression | Identifier
  readonly scope: Scope
  /** Whether it stands directly behind `throw`. */
  readonly isThrown: boolean
}

/** What a name of a module stands for to others. */
export type Exported = Imported | { readonly local: string } | Source

/** One file, as far as values can be followed through it. */
export interface Outline {
  readonly file: string
  readonly scope: Scope
  /** By the name that others import, `default` too. */
  readonly exports: ReadonlyMap<string, Exported>
  /** Modules whose exports are its own as well. */
  readonly passedOn: readonly string[]
  /** What CommonJS exports as a whole. */
  readonly wholes: readonly Placed[]
  /** What CommonJS exports by name. */
  readonly commonNames: ReadonlyMap<string, Binding>
  /** To be taken out when they are read: they hold most of the tree. */
  readonly sites: Site[]
  /** What each function gives back. */
  readonly returns: ReadonlyMap<FunctionNode, readonly Placed[]>
  readonly classes: ReadonlyMap<ClassNode, ClassScope>
  readonly namespaces: ReadonlyMap<AnyNode, Scope>
}

/** Reads which names a file has, what they are given, and where it calls. Follows nothing yet. */
export function outlineOf(file: string, body: readonly AnyNode[]): Outline {
  const outliner = new Outliner(file)
  outliner.read(body as readonly Syntax[])
  return outliner
}

const GIVES = ['=', '??=', '||=', '&&=']
// Names that are no values.
const NO_VALUES =
  /^(?:TS(?!(?:As|Satisfies|NonNull|Instantiation)Expression$|TypeAssertion$|ExportAssignment$|ImportEqualsDeclaration$|EnumDeclaration$|ModuleDeclaration$|TypeAliasDeclaration$)|JSXIdentifier$|PrivateIdentifier$)/

class Outliner implements Outline {
  readonly scope: Scope
  readonly exports = new Map<string, Exported>()
  readonly passedOn: string[] = []
  readonly wholes: Placed[] = []
  readonly commonNames = new Map<string, Binding>()
  readonly sites: Site[] = []
  readonly returns = new Map<FunctionNode, Placed[]>()
  readonly classes = new Map<ClassNode, ClassScope>()
  readonly namespaces = new Map<AnyNode, Scope>()
  readonly file: string
  /** They are read when all names are known. */
  readonly #assignments: (readonly [target: Syntax, source: Source | undefined, scope: Scope])[] = []

  constructor(file: string) {
    this.file = file
    this.scope = new Scope(file)
  }

  read(body: readonly Syntax[]): void {
    this.#visitAll(body, this.scope)
    for (const [target, source, scope] of this.#assignments) this.#assign(target, source, scope)
  }

  #visitAll(nodes: readonly Syntax[], scope: Scope): void {
    for (const node of nodes) this.#visit(node, scope)
  }

  #visit(node: Syntax, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
      case 'MemberExpression':
        this.sites.push({ node, scope, isThrown: false })
        return this.#visitOwner(node, scope)
      case 'CallExpression':
      case 'NewExpression':
        return this.#visitCall(node, scope, false)
      case 'ThrowStatement':
        if (node.argument.type !== 'CallExpression' && node.argument.type !== 'NewExpression') break
        return this.#visitCall(node.argument, scope, true)
      case 'Property':
        if (node.computed) this.#visit(node.key, scope)
        return this.#visit(node.value, scope)
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          const where = node.kind === 'var' ? bodyOf(scope) : scope
          this.#declare(id, where, init === null ? [] : [{ node: init, scope, path: [] }])
          if (init !== null) this.#visit(init, scope)
        }
        return undefined
      case 'AssignmentExpression': {
        const source = GIVES.includes(node.operator) ? { node: node.right, scope, path: [] } : undefined
        this.#assignments.push([node.left, source, scope])
        this.#visitOwner(node.left, scope)
        return this.#visit(node.right, scope)
      }
      case 'ForOfStatement':
      case 'ForInStatement':
        return this.#visitLoop(node, new Scope(this.file, scope))
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        return this.#visitFunction(node, scope, null)
      case 'ArrowFunctionExpression':
        return this.#visitFunction(node, scope, scope.self)
      case 'ReturnStatement':
        if (node.argument === null) return undefined
        if (scope.inside !== undefined) this.#returnsOf(scope.inside).push({ node: node.argument, scope })
        return this.#visit(node.argument, scope)
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#visitClass(node, scope)
      case 'TSEnumDeclaration':
        scope.declare(node.id.name).sources.push({ node, scope, path: [] })
        return undefined
      case 'TSTypeAliasDeclaration':
        scope.declare(typeName(node.id.name)).sources.push({ node: node.typeAnnotation, scope, path: [] })
        return undefined
      case 'TSModuleDeclaration': {
        const inner = new Scope(this.file, scope)
        this.namespaces.set(node, inner)
        if (node.id.type === 'Identifier') {
          scope.declare(node.id.name).sources.push({ node, scope, path: [] })
        }
        if (node.body !== null) this.#visitInside(node.body, inner)
        return undefined
      }
      case 'BlockStatement':
      case 'StaticBlock':
      case 'ForStatement':
      case 'SwitchStatement':
        return this.#visitInside(node, new Scope(this.file, scope))
      case 'CatchClause': {
        const inner = new Scope(this.file, scope)
        if (node.param !== null) this.#declare(node.param, inner)
        return this.#visit(node.body, inner)
      }
      case 'ImportDeclaration':
        for (const { type, local, imported } of node.specifiers) {
          const name = imported === undefined ? 'default' : textOf(imported)
          scope.declare(textOf(local)).imported = {
            from: String(node.source.value),
            name: type === 'ImportNamespaceSpecifier' ? '*' : name,
          }
        }
        return undefined
      case 'TSImportEqualsDeclaration':
        scope.declare(node.id.name).sources.push({ node: node.moduleReference, scope, path: [] })
        return undefined
      case 'ExportNamedDeclaration':
        return this.#visitExports(node, scope)
      case 'ExportDefaultDeclaration':
        this.exports.set('default', { node: node.declaration, scope, path: [] })
        return this.#visit(node.declaration, scope)
      case 'ExportAllDeclaration': {
        const from = String(node.source.value)
        if (node.exported === null) this.passedOn.push(from)
        else this.exports.set(textOf(node.exported), { from, name: '*' })
        return undefined
      }
      case 'TSExportAssignment':
        this.wholes.push({ node: node.expression, scope })
        return this.#visit(node.expression, scope)
      default:
    }
    this.#visitInside(node, scope)
  }

  #visitInside(node: Syntax, scope: Scope): void {
    eachChild(node, (child) => {
      if (!NO_VALUES.test(child.type)) this.#visit(child, scope)
    })
  }

  /** Visits what a member is read of, or is called: it is no reference of its own. */
  #visitOwner(node: Syntax, scope: Scope): void {
    if (node.type === 'MemberExpression') {
      if (node.computed) this.#visit(node.property, scope)
      this.#visitOwner(node.object, scope)
    } else if (node.type === 'ObjectPattern' || node.type === 'ArrayPattern') {
      this.#visitAll(expressionsIn(node), scope)
    } else if (node.type === 'ConditionalExpression' || node.type === 'SequenceExpression') {
      eachChild(node, (child) => this.#visitOwner(child, scope))
    } else if (unwrapped(node) !== node) this.#visitOwner(unwrapped(node), scope)
    else if (node.type !== 'Identifier') this.#visit(node, scope)
  }

  #visitCall(node: Call, scope: Scope, isThrown: boolean): void {
    this.sites.push({ node, scope, isThrown })
    this.#visitOwner(node.callee, scope)
    this.#visitAll(node.arguments, scope)
  }

  #visitLoop(node: Extract<Syntax, { readonly left: Syntax; readonly body: Syntax }>, scope: Scope): void {
    const elements =
      node.type === 'ForOfStatement' ? { node: node.right, scope, path: [ANY] as const } : undefined
    const { left } = node
    if (left.type === 'VariableDeclaration') {
      for (const { id } of left.declarations) this.#declare(id, scope, elements && [elements])
    } else this.#assignments.push([left, elements, scope])
    this.#visit(node.right, scope)
    this.#visit(node.body, scope)
  }

  /**
   * Gives the names of a pattern their part of a value.
   *
   * @param sources - the values @default one that cannot be read
   * @param parameter - of a function that gives it
   */
  #declare(
    pattern: Syntax,
    scope: Scope,
    sources?: readonly Source[],
    parameter?: Pick<NonNullable<Binding['parameter']>, 'of' | 'index'>,
  ): void {
    const type = typeOf(pattern, scope)
    for (const { name, node, path, defaults } of namesOf(pattern)) {
      const binding = scope.declare(name)
      for (const each of defaults) binding.sources.push({ node: each, scope, path: [] })
      if (path === undefined) {
        binding.isOpen = true
        continue
      }
      const own = path.length === 0 ? type : typeOf(node, scope)
      if (own !== undefined) binding.type = own
      // `({ errors }: typeof shop)`
      else if (type !== undefined) binding.sources.push({ ...type, path })
      else if (parameter !== undefined) binding.parameter = { ...parameter, path }
      else if (sources === undefined) binding.isOpen = true
      for (const source of sources ?? []) give(binding, { ...source, path: [...source.path, ...path] })
    }
    this.#visitAll(expressionsIn(pattern), scope)
  }

  #visitFunction(node: FunctionNode, scope: Scope, self: ClassScope | null): void {
    const inner = new Scope(this.file, scope, node, self)
    // One's own name is known inside, too.
    if (node.id) {
      const where = node.type === 'FunctionDeclaration' ? scope : inner
      where.declare(node.id.name).sources.push({ node, scope, path: [] })
    }
    for (const each of node.typeParameters?.params ?? []) {
      if (each.type !== 'TSTypeParameter' || !each.constraint) continue
      inner.declare(typeName(each.name.name)).sources.push({ node: each.constraint, scope: inner, path: [] })
    }
    const returns = this.#returnsOf(node)
    for (const [index, pattern] of node.params.entries()) {
      this.#declare(pattern, inner, undefined, { of: node, index })
      if (pattern.type !== 'TSParameterProperty' || self === null) continue
      for (const each of namesOf(pattern)) {
        bindingIn(self.members, each.name).sources.push({ node: each.node, scope: inner, path: [] })
      }
    }
    if (node.body === null) return
    if (node.body.type !== 'BlockStatement') returns.push({ node: node.body, scope: inner })
    this.#visit(node.body, inner)
    // It is most of the tree, and what matters in it has been noted.
    node.body = null
  }

  #returnsOf(node: FunctionNode): Placed[] {
    const known = this.returns.get(node)
    if (known !== undefined) return known
    const returns: Placed[] = []
    this.returns.set(node, returns)
    return returns
  }

  #visitClass(node: ClassNode, scope: Scope): void {
    if (node.id !== null) scope.declare(node.id.name).sources.push({ node, scope, path: [] })
    if (node.superClass !== null) this.#visit(node.superClass, scope)
    const self: ClassScope = { node, scope, statics: new Map(), members: new Map() }
    this.classes.set(node, self)
    const inner = new Scope(this.file, scope, scope.inside, self)
    for (const member of node.body.body) {
      if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') {
        this.#visitMember(member, self, inner)
      } else this.#visit(member, inner)
    }
  }

  #visitMember(member: ClassMember, self: ClassScope, scope: Scope): void {
    const { value } = member
    this.#visitAll(member.decorators ?? [], scope)
    if (member.computed) this.#visit(member.key, scope)
    const name = nameOf(member.key, member.computed) ?? privateName(member.key)
    const isFunction = value?.type === 'FunctionExpression'
    if (member.kind === 'constructor' && isFunction) self.constructorNode = value
    else if (name !== undefined && member.kind !== 'set') {
      const binding = bindingIn(member.static ? self.statics : self.members, name)
      const type = typeOf(member, scope)
      if (type !== undefined) binding.type = type
      else if (value === null) binding.isOpen = true
      if (value !== null) give(binding, { node: value, scope, path: member.kind === 'get' ? [CALLED] : [] })
    }
    if (isFunction) this.#visitFunction(value, scope, self)
    else if (value !== null && !NO_VALUES.test(value.type)) this.#visit(value, scope)
  }

  #visitExports(
    { declaration, specifiers, source }: Extract<Syntax, { readonly type: 'ExportNamedDeclaration' }>,
    scope: Scope,
  ): void {
    for (const { local, exported = local } of specifiers) {
      const name = textOf(local)
      const from = source === null ? undefined : String(source.value)
      for (const as of [String, typeName]) {
        const other = from === undefined ? { local: as(name) } : { from, name: as(name) }
        this.exports.set(as(textOf(exported)), other)
      }
    }
    if (declaration === null) return
    this.#visit(declaration, scope)
    // Those of a namespace are read through it.
    if (scope !== this.scope) return
    for (const name of declaredBy(declaration)) this.exports.set(name, { local: name })
  }

  #assign(target: Syntax, source: Source | undefined, scope: Scope): void {
    if (target.type === 'MemberExpression') {
      return this.#assignMember(target, source, scope)
    }
    for (const { name, path, defaults } of namesOf(target)) {
      const binding = scope.find(name)
      if (binding === undefined) continue
      give(binding, source && path && { ...source, path: [...source.path, ...path] })
      for (const node of defaults) give(binding, { node, scope, path: [] })
    }
  }

  /** `this.shop = shop`, `module.exports = shop`, `exports.shop = shop` */
  #assignMember(target: MemberExpression, source: Source | undefined, scope: Scope): void {
    const name = nameOf(target.property, target.computed) ?? privateName(target.property)
    if (name === undefined) return
    const { object } = target
    if (object.type === 'ThisExpression') {
      if (scope.self !== null) give(bindingIn(scope.self.members, name), source)
    } else if (isExports(object, scope)) give(bindingIn(this.commonNames, name), source)
    else if (isExports(target, scope) && source !== undefined) this.wholes.push(source)
  }
}

function give(binding: Binding, source: Source | undefined): void {
  if (source === undefined) binding.isOpen = true
  else binding.sources.push(source)
}

/** Whether a node is what CommonJS exports: `exports`, or `module.exports`. */
export function isExports(node: Syntax, scope: Scope): boolean {
  if (node.type === 'Identifier') return node.name === 'exports' && scope.find('exports') === undefined
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    nameOf(node.property, node.computed) === 'exports' &&
    scope.find('module') === undefined
  )
}

/** The scope of the function or module: where `var` declares. */
function bodyOf(scope: Scope): Scope {
  let found = scope
  while (found.parent !== undefined && found.parent.inside === scope.inside) found = found.parent
  return found
}

function privateName(key: Syntax): string | undefined {
  return key.type === 'PrivateIdentifier' ? `#${key.name}` : undefined
}

function textOf(name: Syntax): string {
  return nameOf(name) ?? ''
}

function declaredBy(declaration: Syntax): readonly string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => namesOf(id).map(({ name }) => name))
  }
  if (declaration.type === 'TSTypeAliasDeclaration') return [typeName(declaration.id.name)]
  const id = 'id' in declaration ? declaration.id : undefined
  return id?.type === 'Identifier' ? [id.name] : []
}
