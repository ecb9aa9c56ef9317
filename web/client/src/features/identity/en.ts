import type zh from './zh-CN'

export default {
  login: {
    title: 'Sign in',
    subtitle: 'Classroom visits for school inspectors',
    lead: 'See the class, not the faces',
    promise:
      'Walls show seats and postures only. Entering a room takes a stated purpose, and every visit is on record.',
    account: 'Account',
    password: 'Password',
    go: 'Sign in',
    help: 'Forgotten password or a closed account: ask your district administrator.',
    code: 'Verification code',
    codeText: '{user}: please enter the six digits that your application shows.',
    codeHelp: 'Phone not at hand? Enter a recovery code. Without one, ask your administrator.',
    another: 'Another account',
    chosen: 'The password is set. Sign in with it.',
    locked: 'Too many wrong attempts. Try again in {left}.',
    lockOver: 'You can sign in again now.',
    ended: 'Your session has ended. Sign in and you will be back where you were.',
  },
} satisfies typeof zh
