// Package teams posts messages to a channel of Microsoft Teams through a workflow that
// waits for them, whose address is a secret. It must not keep or repeat anything, nor say
// that a message was posted: the workflow answers 202 before it tries.
package teams

import (
	"context"

	"packbench/station/message"
)

type sender struct{ o message.Options }

// New returns the sender of a workflow.
func New(o message.Options) message.Sender { return sender{o} }

// What a workflow takes: a message with one adaptive card. Each line is a run of text,
// which is shown as it is: no sign in it becomes a link.
type (
	envelope struct {
		Type        string       `json:"type"`
		Attachments []attachment `json:"attachments"`
	}
	attachment struct {
		ContentType string  `json:"contentType"`
		ContentURL  *string `json:"contentUrl"`
		Content     card    `json:"content"`
	}
	card struct {
		Schema  string  `json:"$schema"`
		Type    string  `json:"type"`
		Version string  `json:"version"`
		Body    []block `json:"body"`
		MSTeams struct {
			Width string `json:"width"`
		} `json:"msteams"`
	}
	block struct {
		Type    string `json:"type"`
		Spacing string `json:"spacing,omitempty"`
		Inlines []run  `json:"inlines"`
	}
	run struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Weight string `json:"weight,omitempty"`
		Size   string `json:"size,omitempty"`
	}
)

func line(r run, spacing string) block {
	r.Type = "TextRun"
	return block{Type: "RichTextBlock", Spacing: spacing, Inlines: []run{r}}
}

// mostLines keeps a card below what a workflow takes, which is 28 kB with all around it.
const mostLines = 60

func cardOf(m message.Message) card {
	c := card{Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4"}
	c.MSTeams.Width = "Full"
	c.Body = append(c.Body, line(run{Text: m.Title, Weight: "Bolder", Size: "Medium"}, ""))
	for _, s := range m.Sections {
		c.Body = append(c.Body, line(run{Text: s.Title, Weight: "Bolder"}, "Medium"))
		for _, text := range s.Lines {
			if len(c.Body) < mostLines {
				c.Body = append(c.Body, line(run{Text: text}, "Small"))
			}
		}
	}
	return c
}

// Send posts a message.
func (s sender) Send(ctx context.Context, m message.Message) error {
	_, err := message.Post(ctx, s.o, "Teams", s.o.Secret, nil, envelope{
		Type: "message", Attachments: []attachment{{ContentType: "application/vnd.microsoft.card.adaptive", Content: cardOf(m)}},
	})
	return err
}
