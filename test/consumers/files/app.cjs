require('./tell.cjs').tell(require('bizerror'))
