declare const localesFolder: string | undefined
export = localesFolder
