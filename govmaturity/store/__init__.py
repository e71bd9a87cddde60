"""What is kept between runs: submissions with their revisions, reviews, releases, and uploads.

One way in: `service.open_store()`. Every call names the `people.Person` who
asks; whether they may is decided here, not in pages. Who is alone on a machine
without sign-in is `people.LOCAL`; whoever is not known is `people.ANYBODY`.

    store = open_store()
    prepared = store.submissions.prepare(person, framework, content, "table.xlsx")
    receipt = prepared.receipt                    # what would change, to be read
    store.submissions.acknowledge(
        person,
        receipt.id,
        justifications={one.key: "..." for one in receipt.to_justify},
        leaves_out=receipt.left_out,              # the consent, as it was shown
        removes=receipt.removes,
    )
    store.reviews.approve(reviewer, {submission.id: submission.number})

Errors are `errors.StoreError` with `message(language)`; whatever raises one has
changed nothing. docs/submissions.md tells the whole story.
"""
