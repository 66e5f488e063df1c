package ui

import (
	"time"

	"packbench/station"
	"packbench/station/screen"
)

// messagesInputs are targets of which one is told, one cannot be, and one may not have got
// a message.
func messagesInputs(theme screen.Theme) screen.MessagesInputs {
	f := deskFrame(station.Manager, theme)
	usual := "lock, override, unknown, failover, label, stopped, stock, shift"
	return screen.MessagesInputs{
		Frame: f, May: true, Chosen: "lead",
		Targets: []screen.MessageTarget{
			{ID: "team", Kind: "Slack", News: usual, Told: f.Now.Add(-12 * time.Minute)},
			{
				ID: "lead", Kind: "Microsoft Teams", News: "lock, unknown, stopped", Told: f.Now.Add(-26 * time.Hour), Waiting: 1,
				Trouble: "Teams: the address is no longer valid there: make a new one and enter it",
				Came: &screen.ShopCame{Bad: true, Words: "1 of 1 checks found something to put right", Checks: []screen.ShopCheck{{
					What: "message", Words: "Teams: the address is no longer valid there: make a new one and enter it",
					Fix: "Look at the workflow in Teams, then press Change and paste its address.",
				}}},
			},
			{ID: "night", Kind: "E-mail", News: usual, Told: f.Now.Add(-40 * time.Minute), Unknown: 1},
			{ID: "erp", Kind: "A webhook of your own", News: usual},
			{ID: "old-channel", Kind: "Slack", News: usual, Off: true},
		},
	}
}

func messagesTold(theme screen.Theme) screen.View { return screen.Messages(messagesInputs(theme)) }

func messagesNone(theme screen.Theme) screen.View {
	in := messagesInputs(theme)
	in.Targets = nil
	return screen.Messages(in)
}

var messageKinds = []screen.ShopKind{
	{ID: "slack", Name: "Slack", Secret: "Address of an incoming webhook"},
	{ID: "teams", Name: "Microsoft Teams", Secret: "Address of a workflow that waits for a webhook request"},
	{ID: "webhook", Name: "A webhook of your own", Secret: "Address and signing secret (https://… whsec_…)"},
	{ID: "mail", Name: "E-mail", Secret: "Password of the mail account", Example: "smtp.example.com:587"},
}

func messagesKinds(theme screen.Theme) screen.View {
	in := messagesInputs(theme)
	in.Kinds, in.Draft = messageKinds, &screen.ShopDraft{}
	return screen.Messages(in)
}

// messagesForm is the fullest form: e-mail.
func messagesForm(theme screen.Theme) screen.View {
	in := messagesInputs(theme)
	set := func(key, name, value, help string, wide bool) screen.Field {
		return screen.Field{Key: screen.MessageSetting + key, Label: name, Value: value, Help: help, Wide: wide}
	}
	from := set("from", "Sender", "packbench@example.com", "Such as packbench@example.com", false)
	from.Section, from.Empty = "What E-mail may be told besides", "needed"
	to := set("to", "Who gets it", "", "Addresses, with commas between", false)
	to.Empty = "needed"
	in.Draft = &screen.ShopDraft{
		Kind: messageKinds[3], ID: "mail", Fresh: true, Fault: "E-mail needs the setting to: Addresses, with commas between",
		Fields: []screen.Field{
			{Key: screen.MessageID, Label: "Name here", Value: "mail", Help: "Short, such as team; it cannot be changed later"},
			{Key: screen.MessageURL, Label: "Mail server", Value: "smtp.example.com:587", Help: "Such as smtp.example.com:587"},
			{Key: screen.MessageKey, Label: messageKinds[3].Secret, Value: "shh", Wide: true, Empty: "not entered", Help: "Paste it from your mail provider"},
			from, to,
			set("user", "User", "packbench@example.com", "Of the mail account; without, nobody signs in", false),
			set("gather", "Gathered for", "", "What happens within it is one message: 1m", false),
			set("pause", "Pause", "", "At least so long between two messages: 1m", false),
			set("quiet", "Quiet hours", "22:00-06:00", "Such as 22:00-06:00: what happens then is told after", false),
			set("kinds", "Which news", "", "With commas between: lock, override, unknown, failover, label, stopped, stock, weight, short, shift. Without: lock, override, unknown, failover, label, stopped, stock, shift", true),
		},
	}
	return screen.Messages(in)
}

// outboxTeam is a message to the team that may have come.
func outboxTeam(theme screen.Theme) screen.View {
	in := outboxInputs(theme)
	in.Team = true
	in.Entries[1] = screen.OutboxEntry{
		ID: 22, Shop: "lead", Team: true, Kind: "message", State: screen.OutboxUnknown, Tries: 1, Added: in.Entries[1].Added,
		Answer: "it may have been sent, and is not sent again by itself: no answer came: EOF",
	}
	in.Shown = &in.Entries[1]
	return screen.Outbox(in)
}
