import type { Messages } from '..'
import admin from './admin'
import lessons from './lessons'
import recordings from './recordings'
import rooms from './rooms'
import shell from './shell'
import visits from './visits'

const en: Messages = { ...shell, ...rooms, ...visits, ...lessons, ...recordings, ...admin }

export default en
