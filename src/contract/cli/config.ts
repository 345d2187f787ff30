/** What a project says once, for all commands: `bizerror.config.{ts,js,mjs,json}`, or `bizerror` in package.json. */
export interface Config {
  /** Files that export catalogs, or dumps: `'./src/errors.ts'`, or `'./src/errors.ts#shop'` for one export. */
  readonly catalogs?: readonly string[] | undefined
  /** Translations that the app gives its handler, beside those of the catalog. */
  readonly locales?: string | undefined
  /** The options that the app gives its handler: `'./src/errors.ts#options'`. */
  readonly handler?: string | undefined
  /** Folders of source code that throws the errors. */
  readonly sources?: readonly string[] | undefined
  /** Where the dump is committed. `{{catalog}}` stands for the name. @default 'errors.json' */
  readonly dump?: string | undefined
  readonly api?: ApiConfig | undefined
  readonly lint?: LintConfig | undefined
  readonly diff?: DiffConfig | undefined
  readonly docs?: DocsConfig | undefined
  readonly openapi?: OpenapiConfig | undefined
  readonly codegen?: readonly CodegenConfig[] | undefined
  readonly coverage?: CoverageConfig | undefined
}

export interface ApiConfig {
  readonly title?: string | undefined
  readonly version?: string | undefined
}

export interface LintConfig {
  readonly preset?: 'recommended' | 'strict' | undefined
  /** The levels of rules, by id. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'info' | 'off'>> | undefined
  readonly ignore?: readonly LintIgnore[] | undefined
}

/** Findings that are known. One that matches nothing is a warning. */
export interface LintIgnore {
  readonly rule: string
  readonly code?: string | number | undefined
  readonly key?: string | number | undefined
  /** A path, in which `*` stands for any part of a name and `**` for any folders. */
  readonly file?: string | undefined
  readonly reason: string
}

export interface DiffConfig {
  /** Whether clients know that codes may be added. @default 'open' */
  readonly codes?: 'open' | 'closed' | undefined
  readonly allow?: readonly DiffAllow[] | undefined
  readonly requireMajor?: boolean | undefined
}

/** A change that is wanted. */
export interface DiffAllow {
  readonly fingerprint: string
  readonly reason: string
  /** The last day: `'2027-03-31'`. */
  readonly until?: string | undefined
}

export interface DocsConfig {
  readonly title?: string | undefined
  /** The path that the pages are served under. */
  readonly base?: string | undefined
  readonly hide?: readonly (string | number)[] | undefined
  readonly languages?: readonly string[] | undefined
}

export interface OpenapiConfig {
  readonly version?: '3.0' | '3.1' | undefined
  readonly detail?: 'code' | 'status' | undefined
  readonly examples?: 'all' | 'none' | readonly string[] | undefined
  /** The document that the components are written into. */
  readonly merge?: string | undefined
}

export interface CodegenConfig {
  readonly language: 'typescript' | 'go' | 'python' | 'java' | 'kotlin'
  readonly output: string
  readonly package?: string | undefined
}

export interface CoverageConfig {
  /** Percent of codes that tests have to answer with. */
  readonly min?: number | undefined
  readonly per?: 'code' | 'module' | undefined
}
