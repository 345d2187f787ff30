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
  /** The API that has these errors. */
  readonly api?: ApiConfig | undefined
  /** What `bizerror lint` looks for. */
  readonly lint?: LintConfig | undefined
  /** What `bizerror diff` lets pass. */
  readonly diff?: DiffConfig | undefined
  /** The pages that `bizerror docs` writes. */
  readonly docs?: DocsConfig | undefined
  /** What `bizerror openapi` writes. */
  readonly openapi?: OpenapiConfig | undefined
  /** The files that `bizerror codegen` writes. */
  readonly codegen?: readonly CodegenConfig[] | undefined
  /** What `bizerror coverage` demands. */
  readonly coverage?: CoverageConfig | undefined
}

/** The API that has a catalog's errors. */
export interface ApiConfig {
  /** Its name for people. */
  readonly title?: string | undefined
  /** Of the API, not of this package. */
  readonly version?: string | undefined
}

/** What `bizerror lint` looks for. */
export interface LintConfig {
  /** The levels to begin with. @default 'recommended' */
  readonly preset?: 'recommended' | 'strict' | undefined
  /** The levels of rules, by id. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'info' | 'off'>> | undefined
  /** Findings that are known. */
  readonly ignore?: readonly LintIgnore[] | undefined
  /** How words of the catalogs are translated, by the word: for the rule style-terms. */
  readonly terms?: Readonly<Record<string, LintTerm>> | undefined
}

/** A word that is always translated the same. */
export interface LintTerm {
  /** A regular expression that finds it in texts of the catalog. @default the word itself, also in the plural */
  readonly source?: string | undefined
  /** Whether its translations stand for nothing else. @default false */
  readonly isOnly?: boolean | undefined
  /** By language: a regular expression of what stands for it. */
  readonly translations: Readonly<Record<string, string>>
}

/** Findings that are known. One that matches nothing is a warning. */
export interface LintIgnore {
  /** Its id. */
  readonly rule: string
  /** Of the error. */
  readonly code?: string | number | undefined
  /** Of the error. */
  readonly key?: string | number | undefined
  /** A path, in which `*` stands for any part of a name and `**` for any folders. */
  readonly file?: string | undefined
  /** Why, for those who read it later. */
  readonly reason: string
}

/** What `bizerror diff` lets pass. */
export interface DiffConfig {
  /** Whether clients know that codes may be added. @default 'open' */
  readonly codes?: 'open' | 'closed' | undefined
  /** Changes that are wanted. */
  readonly allow?: readonly DiffAllow[] | undefined
  /** Whether a breaking change needs a new major version of the API, `api.version`. @default false */
  readonly requireMajor?: boolean | undefined
}

/** A change that is wanted. */
export interface DiffAllow {
  /** As `bizerror diff` prints it. */
  readonly fingerprint: string
  /** Why, for those who read it later. */
  readonly reason: string
  /** The last day: `'2027-03-31'`. */
  readonly until?: string | undefined
}

/** The pages that `bizerror docs` writes. */
export interface DocsConfig {
  /** Above all pages. */
  readonly title?: string | undefined
  /** The path that the pages are served under. */
  readonly base?: string | undefined
  /** Keys of errors that are not shown. */
  readonly hide?: readonly (string | number)[] | undefined
  /** BCP 47 tags. @default all */
  readonly languages?: readonly string[] | undefined
}

/** What `bizerror openapi` writes. */
export interface OpenapiConfig {
  /** Of OpenAPI. @default '3.1' */
  readonly version?: '3.0' | '3.1' | undefined
  /** A schema for each code, or for each status. @default 'code' */
  readonly detail?: 'code' | 'status' | undefined
  /** The languages of examples. @default that of the catalog */
  readonly examples?: 'all' | 'none' | readonly string[] | undefined
  /** The document that the components are written into. */
  readonly merge?: string | undefined
}

/** A file that `bizerror codegen` writes. */
export interface CodegenConfig {
  /** The programming language. */
  readonly language: 'typescript' | 'go' | 'python' | 'java' | 'kotlin'
  /** Its path. */
  readonly output: string
  /** The package, module or namespace of its code. */
  readonly package?: string | undefined
}

/** What `bizerror coverage` demands. */
export interface CoverageConfig {
  /** Percent of codes that tests have to answer with. */
  readonly min?: number | undefined
  /** What has to have that percentage: all codes together, or each module. @default 'code' */
  readonly per?: 'code' | 'module' | undefined
}
