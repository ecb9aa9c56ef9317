import type zh from './zh-CN'

export default {
  signInServices: {
    others: 'Other ways to sign in',
    or: 'or',
    by: 'Sign in with {service}',
    byPassword: 'Use the password instead',
    codeText:
      '{service} has confirmed who you are. Your account uses two-step verification: please enter the six digits that your application shows.',
    notLinked:
      'Your {service} account is not linked to an account here yet. Sign in with your password once; afterwards {service} is enough.',
    notLinkedNamed:
      '“{person}” of {service} is not linked to an account here yet. Sign in with your password once; afterwards {service} is enough.',
    stopLinking: 'Do not link',
    linkTitle: 'Link {service}?',
    linkText:
      'Whoever can sign in to this {service} account can then sign in to your account here. Please make sure that it is your own. You can unlink it in “My account” at any time.',
    unnamed: '(no name given)',
    link: 'Link',
    notNow: 'Not now',
    linked: '{service} is linked',
    title: 'Other ways to sign in',
    text: 'A linked service signs you in without the password, which goes on working. Two-step verification is still asked for.',
    linkedAt: 'Linked {at}',
    isNotLinked: 'Not linked',
    notOffered: 'No longer used here',
    toLink: 'Link it',
    unlink: 'Unlink',
    waits: 'To link “{person}” of {service} to your account, please enter your password.',
    unlinkTitle: 'Unlink {name}?',
    unlinkText: 'This person can no longer sign in with it, and open pages sign out. The password is not touched.',
    ofAccount: 'How {name} signs in',
    none: 'Nothing is linked',
    fault: {
      cancelled: 'You did not finish signing in with {service}. Try again, or use your password.',
      down: '{service} does not answer. Use your password, or try again later.',
      failed:
        'Signing in with {service} did not work. Try again, or use your password; if it never works, ask your administrator.',
    },
    refused: {
      'service-down': '{service} does not answer. Use your password, or try again later.',
      'account-closed': 'Your account is closed. Ask your administrator.',
      'no-service-sign-in': 'The sign-in was not finished, or ten minutes have passed. Please try again.',
      'has-another-link': 'Your account is linked to another {service} account. Unlink that first.',
      'linked-elsewhere':
        'This {service} account is linked to another account here. If that is wrong, ask your administrator.',
      'unknown-service': 'This way to sign in is no longer used here. Use your password.',
      'no-link': 'This is unlinked already.',
    },
  },
} satisfies typeof zh
