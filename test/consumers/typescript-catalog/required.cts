import { defineCatalog } from 'bizerror/catalog'

export const words = defineCatalog({ name: 'words', errors: { gone: { status: 410, message: 'Gone' } } })
export const gone = new words.BizError('gone')
