import { find } from './dom.ts'
import { showForm } from './form.ts'
import { showLanguages } from './languages.ts'
import { showLimit } from './limit.ts'
import { showLogin } from './login.ts'
import { offerLanguages } from './reader.ts'
import { showRetry } from './retry.ts'
import { showShapes } from './shapes.ts'
import { offerThemes } from './theme.ts'
import { showThrow } from './throw.ts'

// No answer at all is no error of the API.
addEventListener('unhandledrejection', () => {
  find('#gone').hidden = false
})

offerLanguages()
offerThemes()
showLanguages()
showShapes()
showForm()
showLimit()
showRetry()
showLogin()
await showThrow()
