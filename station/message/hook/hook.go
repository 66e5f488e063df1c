// Package hook posts messages to an address of the shop's own, signed as the specification
// Standard Webhooks 1.0.0 says: whoever takes them knows from whom they are, that they are
// not old, and by the id which of them came before. So one may be sent again. It must not
// keep or repeat anything itself.
//
// Format: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
package hook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/station/message"
	"packbench/station/web"
)

// prefix begins a signing secret.
const prefix = "whsec_"

type sender struct {
	o       message.Options
	address string
	key     []byte
}

// New returns the sender of an address. Its secret holds both, with a space between: the
// address, and the signing secret "whsec_…" that whoever takes the messages has too.
func New(o message.Options) (message.Sender, error) {
	address, secret, err := Read(o.Secret)
	if err != nil {
		return nil, err
	}
	key, err := key(secret)
	if err != nil {
		return nil, err
	}
	return sender{o, address, key}, nil
}

// Read takes address and signing secret out of what a person pasted, in any order.
func Read(text string) (address, secret string, err error) {
	for _, part := range strings.Fields(text) {
		switch {
		case strings.HasPrefix(part, prefix) && secret == "":
			secret = part
		case strings.Contains(part, "://") && address == "":
			address = part
		default:
			return "", "", errTwo
		}
	}
	if address == "" || secret == "" {
		return "", "", errTwo
	}
	return address, secret, nil
}

var errTwo = errors.New("enter the address and the signing secret, with a space between: https://… whsec_…")

func key(secret string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, prefix))
	if err != nil || len(key) < 24 || len(key) > 64 {
		return nil, errors.New("the signing secret is whsec_ and then base64 of 24 to 64 bytes")
	}
	return key, nil
}

// Sign returns the signature of a body that is sent with an id at a time.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// payload is thin: ids, so that whoever may look up the rest does.
type payload struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"` // of the message, the same each time that it is sent
	Data      data      `json:"data"`
}

type data struct {
	Title    string    `json:"title"`
	Sections []section `json:"sections"`
}

type section struct {
	Kind message.Kind   `json:"kind"`
	N    int            `json:"n"`
	News []message.News `json:"news"`
}

// Send posts a message.
func (s sender) Send(ctx context.Context, m message.Message) error {
	out := payload{Type: "packbench.news", Timestamp: m.At, Data: data{Title: m.Title, Sections: []section{}}}
	for _, x := range m.Sections {
		out.Data.Sections = append(out.Data.Sections, section{x.Kind, x.N, x.News})
	}
	if len(m.Sections) == 0 {
		out.Type = "packbench.test"
	}
	return s.post(ctx, m.ID, out)
}

// Deliver posts what a shop is told of one buyer's parcel.
func (s sender) Deliver(ctx context.Context, l message.Letter) error {
	return s.post(ctx, l.ID, struct {
		Type      string    `json:"type"`
		Timestamp time.Time `json:"timestamp"`
		Data      any       `json:"data"`
	}{"packbench.parcel", l.At, l.Data})
}

func (s sender) post(ctx context.Context, id string, out any) error {
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	now := s.o.Clock()
	a, err := message.Post(ctx, s.o, "the webhook", s.address, http.Header{
		"Content-Type":      {"application/json"},
		"Webhook-Id":        {id},
		"Webhook-Timestamp": {strconv.FormatInt(now.Unix(), 10)},
		"Webhook-Signature": {Sign(s.key, id, now, body)},
	}, body)
	if a.Status == http.StatusGone { // wants nothing more, by the specification
		return &web.Gone{What: "use for messages any more", Who: "the webhook"}
	}
	return err
}
