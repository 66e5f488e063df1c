package screen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/say"
)

// MessagesInputs is what the page of those who are told what happens at the benches is
// made of. It is drawn as that of the shops is.
type MessagesInputs struct {
	Frame   Frame
	Targets []MessageTarget
	Kinds   []ShopKind
	Chosen  string // a target's id, "": the first
	Draft   *ShopDraft
	May     bool // whether who is at the window may change anything
}

// MessageTarget is how somebody who is told stands.
type MessageTarget struct {
	ID, Kind string // Kind in words: "Slack"
	News     string // which it is told of: "lock, override"
	Off      bool
	Trouble  string    // why it could not be told, "" where all is well
	Told     time.Time // the last message was taken; zero: never
	Waiting  int
	Unknown  int // may not have come
	Refused  int
	Running  string
	Came     *ShopCame
}

// The fields of a target that is being added; the settings of its kind follow
// MessageSetting.
const (
	MessageField   = "message:"
	MessageID      = MessageField + "id"
	MessageURL     = MessageField + "url"
	MessageKey     = MessageField + "key"
	MessageSetting = MessageField + "set:"
)

// Messages makes the page of those who are told.
func Messages(in MessagesInputs) View {
	view, l := in.Frame.view(PageMessages, "settings"), in.Frame.Lang
	v := &ShopsView{Title: l.Phrase("Messages"), Sub: l.Phrase("Who hears of locks, overrides, label trouble and how a shift went.")}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change who is told")
	}
	v.Tools = append(v.Tools, Action{
		ID: "shop:add", Label: l.Phrase("Add a target"), Enabled: in.May && in.Draft == nil, Primary: len(in.Targets) == 0, Intent: shopDoes(ShopAdd, ""),
	})
	if in.Frame.Person.ID != "" {
		v.Tools = append(v.Tools, Action{ID: "page:outbox", Label: l.Phrase("Outbox"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageOutbox)}})
	}
	back := Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}}
	at := max(slices.IndexFunc(in.Targets, func(t MessageTarget) bool { return t.ID == in.Chosen }), 0)
	for i, t := range in.Targets {
		shape, colour, state, _ := t.stands(l, in.Frame.Now)
		if !t.Off && t.Trouble != "" { // the whole of it stands beside the list
			state = l.Phrase("is not told")
		}
		on := i == at && in.Draft == nil
		v.Rows = append(v.Rows, ShopRow{
			Title: t.ID, State: about(l, t.Kind, state), Shape: shape, Colour: colour, On: on,
			Select: Action{ID: "row:" + t.ID, Label: t.ID, Enabled: in.Draft == nil, On: on, Intent: Intent{Kind: IntentSelect, Name: "message", Value: t.ID}},
		})
	}
	switch {
	case in.Draft != nil:
		view.Of = v.drafted(l, *in.Draft, in.Kinds, in.May, "target")
		back.Intent = shopDoes(ShopLeave, "")
	case len(in.Targets) > 0:
		v.Shop = in.panel(in.Targets[at])
		view.Of = About("message target", in.Targets[at].ID)
	}
	if v.Form == nil {
		v.Tools = append(v.Tools, back)
	}
	if len(v.Rows) == 0 {
		v.Empty = l.Phrase("Nobody is told yet. Add a channel of Slack or Teams, an e-mail address or a webhook.")
	}
	if in.Frame.Unread {
		v.Empty = l.Phrase(beingRead)
	}
	view.Shops = v
	return view
}

// stands says how a target is, and what to do where it is not well.
func (t MessageTarget) stands(l say.Language, now time.Time) (shape Shape, colour Colour, words, fix string) {
	switch {
	case t.Off:
		return ShapeMark, LampAmber, l.Phrase("paused"), l.Phrase("Nothing is told here. Press Resume: what happens from then on is told.")
	case t.Trouble != "":
		return ShapeCross, LampRed, say.Sentence(t.Trouble), l.Phrase(t.fix())
	case t.Refused > 0:
		return ShapeMark, LampAmber, l.Say("refused {messages}", "messages", l.Many(t.Refused, "message")), l.Phrase("Read the answer in the outbox, put it right, and send it again.")
	case t.Unknown > 0:
		return ShapeMark, LampAmber, l.Say("{messages} may not have come", "messages", l.Many(t.Unknown, "message")), l.Phrase("Look there first. What did not come is sent again from the outbox.")
	case t.Told.IsZero():
		return ShapeSquare, LampOff, l.Phrase("nothing told yet"), l.Phrase("Press Test to see whether a message arrives.")
	}
	return ShapeTick, LampGreen, l.Say("works, last told {ago}", "ago", ago(l, now.Sub(t.Told))), ""
}

// fix is what to do about the trouble of a target.
func (t MessageTarget) fix() string {
	switch text := strings.ToLower(t.Trouble); {
	case strings.Contains(text, "is missing: enter it"):
		return "Press Change, and enter it again."
	case strings.Contains(text, "make a new one"), strings.Contains(text, "not accepted"), strings.Contains(text, "enter "):
		return "Press Change, and enter what is valid now. What happens meanwhile is told then."
	}
	return "It is tried again by itself, and what happens meanwhile is told together. Nothing at the benches waits for it."
}

func (in MessagesInputs) panel(t MessageTarget) *ShopPanel {
	l := in.Frame.Lang
	p := &ShopPanel{Title: t.ID, Sub: about(l, t.Kind, t.News)}
	p.Shape, p.Colour, p.State, p.Fix = t.stands(l, in.Frame.Now)
	p.State = l.Sentence(p.State)
	told := l.Phrase("never")
	if !t.Told.IsZero() {
		told = ago(l, in.Frame.Now.Sub(t.Told))
	}
	p.Figures = []Figure{
		{l.Phrase("Last told"), told},
		{l.Phrase("Waiting"), fmt.Sprint(t.Waiting)},
		{l.Phrase("May not have come"), fmt.Sprint(t.Unknown)},
		{l.Phrase("Refused"), fmt.Sprint(t.Refused)},
	}
	may := in.May && t.Running == ""
	add := func(what, label string) {
		p.Actions = append(p.Actions, Action{ID: "shop:" + what, Label: label, Enabled: may, Intent: shopDoes(what, t.ID)})
	}
	add(ShopTest, l.Phrase("Test"))
	if t.Off {
		add(ShopResume, l.Phrase("Resume"))
	} else {
		add(ShopPause, l.Phrase("Pause"))
	}
	add(ShopChange, l.Phrase("Change"))
	if t.Running != "" {
		p.Words, p.Shape2, p.Colour2 = l.Phrase(t.Running), ShapeSquare, LampOff
		return p
	}
	p.came(l, t.Came)
	return p
}

// MessagesLamp is the lamp of targets that cannot be told; there is none while all is well.
// down says of one why, and how many are; unsure is how many messages may not have come.
func MessagesLamp(why string, down, unsure int) Lamp {
	l := Lamp{Kind: "messages", Name: "messages", Colour: LampAmber, Words: why, Fix: "nothing here waits for it; a manager looks at Settings, Messages"}
	switch {
	case down > 1:
		l.Words = fmt.Sprintf("%d targets are not told", down)
	case down == 1:
	case unsure > 0:
		l.Words = say.Many(unsure, "message") + " to the team may not have come"
	default:
		return Lamp{}
	}
	return l
}
