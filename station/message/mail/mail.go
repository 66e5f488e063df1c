// Package mail sends messages by e-mail, through the mail server of the shop and with TLS
// always: there is no falling back to plain text. It must not keep or repeat anything: when
// the connection is lost after all was sent, nobody knows whether the mail goes out.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	address "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"packbench/station/message"
	"packbench/station/web"
)

const (
	who = "the mail server"
	// within bounds each step of the conversation, and connecting.
	within     = 15 * time.Second
	implicit   = 465 // where TLS begins with the first byte
	submission = 587
	mostTo     = 20 // people in one mail
)

type sender struct {
	o    message.Options
	host string
	port int
	to   []string
	// TLS of tests; nil is the computer's own.
	tls *tls.Config
}

// New returns the sender for the people that the setting to names.
func New(o message.Options) (message.Sender, error) {
	s := sender{o: o}
	return s, s.read()
}

// NewWith is New with a TLS configuration, for servers whose certificate this computer
// does not know.
func NewWith(o message.Options, t *tls.Config) (message.Sender, error) {
	s := sender{o: o, tls: t}
	return s, s.read()
}

// NewToBuyers returns the sender of mails to buyers. A test of it comes to the shop itself.
func NewToBuyers(o message.Options) (message.Sender, error) {
	own, err := address.ParseAddress(o.Set["from"])
	if err != nil {
		return nil, errors.New("the sender is an address, such as shop@example.com")
	}
	o.Set = maps.Clone(o.Set)
	o.Set["to"] = own.Address
	return New(o)
}

func (s *sender) read() error {
	host, port, err := net.SplitHostPort(s.o.URL)
	bare := err != nil
	if bare {
		host, port = s.o.URL, strconv.Itoa(submission)
	}
	s.host = host
	known := strings.Contains(host, ".") || host == "localhost"
	s.port, err = strconv.Atoi(port)
	switch {
	case bare && !known, // a word alone is a slip; a computer of this network is named with its port
		err != nil, s.port < 1, s.port > 65535, host == "", strings.ContainsAny(host, "/@: \t") && net.ParseIP(host) == nil:
		return errors.New("the mail server is a name and a port, such as smtp.example.com:587")
	}
	s.to = strings.FieldsFunc(s.o.Set["to"], func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if len(s.to) == 0 || len(s.to) > mostTo {
		return fmt.Errorf("enter who gets the mails, with commas between: %d addresses at most", mostTo)
	}
	if (s.o.Set["user"] == "") != (s.o.Secret == "") {
		return errors.New("a user needs a password, and a password a user")
	}
	_, err = s.mail(message.Message{})
	return err
}

// mail is a message as a mail.
func (s *sender) mail(m message.Message) (*mail.Msg, error) {
	return s.letter(message.Letter{ID: m.ID, At: m.At, Subject: m.Title, Text: m.Text()}, s.to)
}

func (s *sender) letter(l message.Letter, to []string) (*mail.Msg, error) {
	out := mail.NewMsg(mail.WithNoDefaultUserAgent())
	from := s.o.Set["from"]
	if err := out.From(from); err != nil {
		return nil, errors.New("the sender is an address, such as packbench@example.com")
	}
	if err := out.To(to...); err != nil {
		return nil, errors.New("one of those who get the mails is no address")
	}
	out.Subject(l.Subject)
	out.SetDateWithValue(l.At)
	_, domain, _ := strings.Cut(from, "@")
	out.SetMessageIDWithValue(l.ID + "@" + strings.Trim(domain, "<> "))
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	out.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.Code != nil {
		if err := out.AttachReader("return.png", bytes.NewReader(l.Code), mail.WithFileContentType("image/png")); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *sender) client(ctx context.Context) (*mail.Client, error) {
	wait := within
	if end, ends := ctx.Deadline(); ends {
		wait = min(wait, max(time.Until(end), time.Second))
	}
	options := []mail.Option{mail.WithPort(s.port), mail.WithTimeout(wait), mail.WithTLSPolicy(mail.TLSMandatory)}
	if s.port == implicit {
		options = append(options, mail.WithSSL())
	}
	if s.o.Set["user"] != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.o.Set["user"]), mail.WithPassword(s.o.Secret))
	}
	c, err := mail.NewClient(s.host, options...)
	if err == nil && s.tls != nil {
		own := s.tls.Clone()
		own.ServerName = cmp.Or(own.ServerName, s.host)
		err = c.SetTLSConfig(own)
	}
	return c, err
}

// Send hands a mail to the server.
func (s sender) Send(ctx context.Context, m message.Message) error {
	out, err := s.mail(m)
	return s.carry(ctx, out, err)
}

// Deliver hands a mail to one buyer to the server.
func (s sender) Deliver(ctx context.Context, l message.Letter) error {
	if err := message.CheckMail(l.To); err != nil {
		return err
	}
	out, err := s.letter(l, []string{l.To})
	return s.carry(ctx, out, err)
}

// carry hands a mail to the server, where it could be made.
func (s *sender) carry(ctx context.Context, out *mail.Msg, err error) error {
	if err != nil {
		return &web.Refused{Say: err.Error(), Who: who}
	}
	// The library does not look at ctx once it is connected. Who may not wait for the end of
	// its own time leaves it to that: what became of the mail is not known then.
	done := make(chan error, 1)
	go func() { done <- s.hand(ctx, out) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%s did not answer in time", who)
	}
}

func (s *sender) hand(ctx context.Context, out *mail.Msg) error {
	c, err := s.client(ctx)
	if err != nil {
		return &web.Refused{Say: err.Error(), Who: who}
	}
	conn, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return greeting(err)
	}
	err = c.SendWithSMTPClient(conn, out)
	_ = c.CloseWithSMTPClient(conn)
	if out.IsDelivered() {
		return nil
	}
	return refusal(err)
}

// greeting says why nothing could be sent: neither TLS nor a user that is not known is
// anything but a person's to put right.
func greeting(err error) error {
	text := err.Error()
	code, reply := replied(err)
	switch {
	case strings.Contains(text, "does not support STARTTLS"):
		return message.Closed(who, "it offers no TLS, and nothing is sent without: enter port 465, or another server")
	case strings.Contains(text, "AUTH"), code == 534, code == 535, code == 530:
		return message.Closed(who, strings.TrimSpace("user or password are not accepted "+reply))
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return &web.Away{Say: "its certificate is not valid for this name", Who: who}
	case code >= 500:
		return message.Closed(who, "it does not take mails from here "+reply)
	case code != 0:
		return &web.Away{Say: "it is busy " + reply, Who: who}
	}
	return &web.Away{Err: plain(err), Who: who}
}

// refusal says what became of a mail that was not taken.
func refusal(err error) error {
	var failed *mail.SendError
	if !errors.As(err, &failed) {
		return fmt.Errorf("no answer came: %w", plain(err))
	}
	code, reply := failed.ErrorCode(), strings.TrimSpace(failed.EnhancedStatusCode())
	reply = strings.TrimSpace(fmt.Sprintf("(%d %s", code, reply)) + ")"
	switch {
	case failed.Reason == mail.ErrSMTPDataClose && code == 0:
		return errors.New("the connection was lost when all was sent: the mail may go out")
	case code == 0:
		return &web.Away{Say: "the connection was lost before all was sent", Who: who}
	case failed.IsTemp():
		return &web.Throttled{Who: who}
	case failed.Reason == mail.ErrSMTPRcptTo:
		return &web.Refused{Say: "it does not take mails for one of those addresses " + reply, Who: who}
	case failed.Reason == mail.ErrSMTPMailFrom:
		return &web.Refused{Say: "it does not take mails from this sender, or user " + reply, Who: who}
	}
	return &web.Refused{Say: "it does not take the mail " + reply, Who: who}
}
