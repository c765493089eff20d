from train.sets import SETS, Labelled, LabelledEvent, LabelledStance, joint


def item(text, trigger, actor, other):
    return Labelled(
        text=text,
        mentions=[(*actor, "place")],
        events=[LabelledEvent(trigger=trigger, roles=[("actor", actor)])],
        pairs=[(actor, None, frozenset({"AID"}))],
        stances=[LabelledStance(a=actor, b=other, allowed=frozenset({(1, 0)}))],
    )


def test_labels_move_with_their_passage():
    one, two = item("Oslo fed Kiev.", (5, 8), (0, 4), (9, 13)), item("So Bonn left Rome.", (8, 12), (3, 7), (13, 17))
    both = joint([one, two], " ")
    assert both.text == "Oslo fed Kiev. So Bonn left Rome."

    def words(span):
        return both.text[slice(*span)]

    assert [words((b, e)) for b, e, _ in both.mentions] == ["Oslo", "Bonn"]
    assert [words(event.trigger) for event in both.events] == ["fed", "left"]
    assert [words(span) for event in both.events for _, span in event.roles] == ["Oslo", "Bonn"]
    assert [(words(source), target) for source, target, _ in both.pairs] == [("Oslo", None), ("Bonn", None)]
    assert [(words(s.a), words(s.b)) for s in both.stances] == [("Oslo", "Kiev"), ("Bonn", "Rome")]


def test_own_sets_need_no_gold(tmp_path):
    pairs = list(SETS["own_pairs"].load(tmp_path))
    assert all(len(p.events) == 1 and p.pairs for p in pairs)
    assert any(p.events[0].types == {"COERCE", "SANCTION"} for p in pairs)  # an embargo, by CAMEO and by PLOVER
    singles, joined = list(SETS["own_events"].load(tmp_path)), list(SETS["own_long"].load(tmp_path))
    assert sum(len(p.events) for p in singles) == sum(len(p.events) for p in joined)
