export default {
  duties: {
    title: 'Waiting for me ({n})',
    kind: {
      sendObservation: 'Observation not sent yet',
      answerObservation: 'Feedback to answer',
      decideAppeal: 'Appeal to decide',
      tendAlert: 'Alert given to me',
    },
    due: 'by {at}',
    overdue: 'overdue since {at}',
    since: 'since {at}',
    more: '{n} more',
    fewer: 'Fewer',
  },
}
