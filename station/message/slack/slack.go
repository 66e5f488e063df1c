// Package slack posts messages to a channel of Slack through an incoming webhook, whose
// address is a secret. It must not keep or repeat anything: Slack cannot tell that it has
// a message already.
package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"packbench/station/message"
	"packbench/station/web"
)

// mostText is less than what Slack cuts a text off at.
const mostText = 12_000

type sender struct{ o message.Options }

// New returns the sender of a webhook.
func New(o message.Options) message.Sender { return sender{o} }

// escape writes what Slack would take for a link or for calling people.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Text is what is posted.
func Text(m message.Message) string {
	var b strings.Builder
	b.WriteString("*" + bold(m.Title) + "*")
	for _, s := range m.Sections {
		b.WriteString("\n\n*" + bold(s.Title) + "*")
		for _, line := range s.Lines {
			if b.Len() < mostText {
				b.WriteString("\n• " + escape.Replace(line))
			}
		}
	}
	return b.String()
}

// bold leaves out of a heading what would end it.
func bold(text string) string { return escape.Replace(strings.ReplaceAll(text, "*", "")) }

// Send posts a message. Slack says what is wrong in a word of plain text.
func (s sender) Send(ctx context.Context, m message.Message) error {
	a, err := message.Post(ctx, s.o, "Slack", s.o.Secret, nil, struct {
		Text string `json:"text"`
	}{Text(m)})
	word := strings.TrimSpace(string(a.Body[:min(len(a.Body), 60)]))
	switch {
	case err == nil:
		return nil
	case a.Status == http.StatusInternalServerError && word == "rollup_error":
		return &web.Away{Say: "it is out of order: rollup_error", Who: "Slack"}
	case errors.As(err, new(*web.Denied)) && (word == "channel_is_archived" || word == "action_prohibited" || word == "posting_to_general_channel_denied"):
		return message.Closed("Slack", word+": choose another channel there, and enter its new address")
	case errors.As(err, new(*web.Refused)) && known[word]:
		return &web.Refused{Say: word, Who: "Slack"}
	}
	return err
}

// known are words that say that a message is not taken as it is.
var known = map[string]bool{
	"invalid_payload": true, "no_text": true, "missing_text_or_fallback_or_attachments": true, "too_many_attachments": true, "msg_too_long": true,
}
