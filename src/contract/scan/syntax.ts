/** A node of a syntax tree, as ESTree and typescript-eslint describe it: https://github.com/estree/estree. */
export interface AnyNode {
  readonly type: string
  /** Where it begins, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

interface Of<TType extends string> extends AnyNode {
  readonly type: TType
}

/** Types that a name may be said to have. */
interface Annotated {
  readonly typeAnnotation?: { readonly typeAnnotation: Syntax } | null
}

export interface Identifier extends Of<'Identifier'>, Annotated {
  readonly name: string
}

export interface Literal extends Of<'Literal'> {
  readonly value: unknown
}

interface TemplateLiteral extends Of<'TemplateLiteral'> {
  readonly quasis: readonly { readonly value: { readonly cooked: string | null } }[]
  readonly expressions: readonly Syntax[]
}

export interface MemberExpression extends Of<'MemberExpression'> {
  readonly object: Syntax
  readonly property: Syntax
  readonly computed: boolean
}

export interface Call extends Of<'CallExpression' | 'NewExpression'> {
  readonly callee: Syntax
  readonly arguments: readonly Syntax[]
}

export interface Property extends Of<'Property'> {
  readonly kind: 'init' | 'get' | 'set'
  readonly key: Syntax
  readonly value: Syntax
  readonly computed: boolean
  readonly shorthand: boolean
}

/** Also of patterns, where its end is called a rest. */
interface Spread extends Of<'SpreadElement' | 'RestElement'>, Annotated {
  readonly argument: Syntax
}

export interface ObjectNode extends Of<'ObjectExpression' | 'ObjectPattern'>, Annotated {
  readonly properties: readonly (Property | Spread)[]
}

export interface ArrayNode extends Of<'ArrayExpression' | 'ArrayPattern'>, Annotated {
  readonly elements: readonly (Syntax | null)[]
}

export interface FunctionNode extends Of<
  'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'
> {
  readonly id?: Identifier | null
  readonly params: readonly Syntax[]
  readonly typeParameters?: { readonly params: readonly Syntax[] } | null
  body: Syntax | null
}

export interface ClassNode extends Of<'ClassDeclaration' | 'ClassExpression'> {
  readonly id: Identifier | null
  readonly superClass: Syntax | null
  readonly body: { readonly body: readonly Syntax[] }
}

export interface ClassMember extends Of<'MethodDefinition' | 'PropertyDefinition'>, Annotated {
  readonly key: Syntax
  readonly value: Syntax | null
  readonly computed: boolean
  readonly static: boolean
  readonly kind?: 'constructor' | 'method' | 'get' | 'set'
  readonly decorators?: readonly Syntax[]
}

/** `constructor(private readonly shop: Shop)` */
interface ParameterProperty extends Of<'TSParameterProperty'> {
  readonly parameter: Syntax
}

export interface EnumNode extends Of<'TSEnumDeclaration'> {
  readonly id: Identifier
  readonly body: { readonly members: readonly { readonly id: Syntax; readonly initializer: Syntax | null }[] }
}

interface NamespaceNode extends Of<'TSModuleDeclaration'> {
  readonly id: Identifier | Literal
  readonly body: Syntax | null
}

interface AssignmentPattern extends Of<'AssignmentPattern'> {
  readonly left: Syntax
  readonly right: Syntax
}

interface AssignmentExpression extends Of<'AssignmentExpression'> {
  readonly operator: string
  readonly left: Syntax
  readonly right: Syntax
}

export interface Declaration extends Of<'VariableDeclaration'> {
  readonly kind: 'var' | 'let' | 'const' | 'using' | 'await using'
  readonly declarations: readonly { readonly id: Syntax; readonly init: Syntax | null }[]
}

interface ForEach extends Of<'ForOfStatement' | 'ForInStatement'> {
  readonly left: Syntax
  readonly right: Syntax
  readonly body: Syntax
}

/** All that give the value of what they hold. */
interface Wrapping extends Of<
  | 'ParenthesizedExpression'
  | 'ChainExpression'
  | 'TSAsExpression'
  | 'TSTypeAssertion'
  | 'TSSatisfiesExpression'
  | 'TSNonNullExpression'
  | 'TSInstantiationExpression'
> {
  readonly expression: Syntax
}

interface Specifier extends Of<
  'ImportSpecifier' | 'ImportDefaultSpecifier' | 'ImportNamespaceSpecifier' | 'ExportSpecifier'
> {
  readonly local: Identifier | Literal
  readonly imported?: Identifier | Literal
  readonly exported?: Identifier | Literal
}

export type Syntax =
  | Identifier
  | Literal
  | TemplateLiteral
  | MemberExpression
  | Call
  | Property
  | Spread
  | ObjectNode
  | ArrayNode
  | FunctionNode
  | ClassNode
  | ClassMember
  | ParameterProperty
  | EnumNode
  | NamespaceNode
  | AssignmentPattern
  | AssignmentExpression
  | Declaration
  | ForEach
  | Wrapping
  | Specifier
  | Of<'ThisExpression' | 'Super'>
  | (Of<'PrivateIdentifier'> & { readonly name: string })
  | (Of<'ThrowStatement'> & { readonly argument: Syntax })
  | (Of<'ReturnStatement'> & { readonly argument: Syntax | null })
  | (Of<'AwaitExpression'> & { readonly argument: Syntax })
  | (Of<'UnaryExpression'> & { readonly operator: string; readonly argument: Syntax })
  | (Of<'BinaryExpression' | 'LogicalExpression'> & {
      readonly operator: string
      readonly left: Syntax
      readonly right: Syntax
    })
  | (Of<'ConditionalExpression'> & { readonly consequent: Syntax; readonly alternate: Syntax })
  | (Of<'SequenceExpression'> & { readonly expressions: readonly Syntax[] })
  | (Of<'ImportExpression'> & { readonly source: Syntax })
  | Of<'BlockStatement' | 'StaticBlock' | 'ForStatement' | 'SwitchStatement'>
  | (Of<'CatchClause'> & { readonly param: Syntax | null; readonly body: Syntax })
  | (Of<'ImportDeclaration'> & { readonly specifiers: readonly Specifier[]; readonly source: Literal })
  | (Of<'ExportNamedDeclaration'> & {
      readonly declaration: Syntax | null
      readonly specifiers: readonly Specifier[]
      readonly source: Literal | null
    })
  | (Of<'ExportDefaultDeclaration'> & { readonly declaration: Syntax })
  | (Of<'ExportAllDeclaration'> & {
      readonly exported: Identifier | Literal | null
      readonly source: Literal
    })
  | (Of<'TSImportEqualsDeclaration'> & { readonly id: Identifier; readonly moduleReference: Syntax })
  | (Of<'TSExternalModuleReference' | 'TSExportAssignment'> & { readonly expression: Syntax })
  | (Of<'TSTypeAliasDeclaration'> & { readonly id: Identifier; readonly typeAnnotation: Syntax })
  | (Of<'TSTypeParameter'> & { readonly name: Identifier; readonly constraint: Syntax | null })
  | (Of<'TSTypeReference'> & { readonly typeName: Syntax })
  | (Of<'TSIndexedAccessType'> & { readonly objectType: Syntax })
  | (Of<'TSTypeQuery'> & { readonly exprName: Syntax })
  | (Of<'TSQualifiedName'> & { readonly left: Syntax; readonly right: Identifier })
  | (Of<'TSLiteralType'> & { readonly literal: Syntax })
  | (Of<'TSUnionType'> & { readonly types: readonly Syntax[] })

/** What is wrong with a text that cannot be parsed. */
export interface SyntaxFault {
  readonly message: string
  readonly labels: readonly { readonly start: number }[]
}

/** The parts of `oxc-parser` that are used: https://oxc.rs/docs/guide/usage/parser. */
export interface Parser {
  parseSync(
    file: string,
    text: string,
    options?: { readonly preserveParens?: boolean; readonly lang?: 'js' | 'jsx' | 'ts' | 'tsx' },
  ): {
    readonly program: { readonly body: readonly AnyNode[] }
    readonly errors: readonly (SyntaxFault & { readonly severity: string })[]
  }
}

/** Calls back for each node that a node holds. */
export function eachChild(node: AnyNode, call: (child: Syntax) => void): void {
  for (const value of Object.values(node) as readonly unknown[]) {
    if (!Array.isArray(value)) {
      if (isNode(value)) call(value)
      continue
    }
    for (const each of value as readonly unknown[]) if (isNode(each)) call(each)
  }
}

function isNode(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string'
}

/** The name that a key or a specifier is written with. Undefined of one that is computed. */
export function nameOf(key: Syntax, isComputed = false): string | undefined {
  if (key.type === 'Identifier' && !isComputed) return key.name
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) {
    return String(key.value)
  }
  return undefined
}

/** An expression without what only types, or an optional chain, put around it. */
export function unwrapped(node: Syntax): Syntax {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return unwrapped(node.expression)
    default:
      return node
  }
}
