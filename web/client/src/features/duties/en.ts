export default {
  duties: {
    title: 'Waiting for me ({n})',
    kind: {
      sendObservation: 'Observation not sent yet',
      answerObservation: 'Feedback to answer',
      decideAppeal: 'Appeal to decide',
      tendAlert: 'Alert given to me',
      answerRectification: 'Notice to answer',
      judgeRectification: 'Answer to judge',
      recheckRectification: 'Promised second look',
      reportRectification: 'Report to the bureau',
    },
    due: 'by {at}',
    overdue: 'overdue since {at}',
    since: 'since {at}',
    more: '{n} more',
    fewer: 'Fewer',
  },
}
