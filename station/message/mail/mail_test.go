package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/message/mail"
	"packbench/station/web"
)

// server is a mail server that goes wrong at one word.
type server struct {
	net.Listener
	cert  tls.Certificate
	roots *x509.CertPool
	plain bool   // it has no TLS
	at    string // the word that it goes wrong at; "." is the end of the mail
	say   string // what it answers then; "" drops the connection, "hang" says nothing

	mu   sync.Mutex
	got  []string // mails
	open bool     // something was said before TLS that should not be
}

func serve(t *testing.T, s *server) *server {
	t.Helper()
	other := httptest.NewTLSServer(nil) // for its certificate
	other.Close()
	s.cert, s.roots = other.TLS.Certificates[0], x509.NewCertPool()
	s.roots.AddCert(other.Certificate())
	var err error
	if s.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	go func() {
		for {
			c, err := s.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

func (s *server) talk(c net.Conn) {
	defer func() { _ = c.Close() }()
	in, secret := bufio.NewReader(c), false
	say := func(text string) { _, _ = c.Write([]byte(text + "\r\n")) }
	wrong := func(word string) bool { return s.at == word && (secret || word == "STARTTLS") }
	say("220 mail.example.com ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		word, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		word, _, _ = strings.Cut(word, ":")
		if wrong(word) {
			if s.say == "hang" {
				_, _ = in.ReadString('\n')
			}
			if s.say == "" || s.say == "hang" {
				return
			}
			say(s.say)
			continue
		}
		switch word {
		case "EHLO":
			switch {
			case secret:
				say("250-mail.example.com\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN")
			case s.plain:
				say("250-mail.example.com\r\n250 AUTH PLAIN LOGIN")
			default:
				say("250-mail.example.com\r\n250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go on")
			t := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.cert}})
			c, in, secret = t, bufio.NewReader(t), true
		case "AUTH":
			say("235 2.7.0 welcome")
		case "DATA":
			say("354 go on")
			if !s.take(in, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			if !secret {
				s.mu.Lock()
				s.open = s.open || word == "MAIL" || word == "AUTH"
				s.mu.Unlock()
			}
			say("250 2.0.0 ok")
		}
	}
}

// take reads a mail, and reports whether the conversation goes on.
func (s *server) take(in *bufio.Reader, say func(string)) bool {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(line)
		if s.at == "half" {
			return false
		}
	}
	s.mu.Lock()
	s.got = append(s.got, text.String())
	s.mu.Unlock()
	switch {
	case s.at != ".":
		say("250 2.0.0 queued")
	case s.say == "hang":
		_, _ = in.ReadString('\n')
		return false
	case s.say == "":
		return false
	default:
		say(s.say)
	}
	return true
}

func (s *server) sender(t *testing.T) message.Sender {
	t.Helper()
	out, err := mail.NewWith(message.Options{
		URL: s.Addr().String(), Secret: "sesame", Clock: time.Now,
		Set: map[string]string{"from": "packbench@example.com", "to": "lead@example.com, night@example.com", "user": "bench"},
	}, &tls.Config{RootCAs: s.roots})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var notice = message.Message{
	ID: "msg_1", At: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Title: "Käse & Co: 1 override",
	Sections: []message.Section{{Title: "1 override", N: 1, Lines: []string{"12:00, bench S1"}}},
}

func TestAMail(t *testing.T) {
	s := serve(t, &server{})
	if err := s.sender(t).Send(t.Context(), notice); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Message-ID: <msg_1@example.com>\r\n", "Auto-Submitted: auto-generated\r\n", "To: <lead@example.com>, <night@example.com>\r\n", "12:00, bench S1", "Subject: =?UTF-8?",
	} {
		if !strings.Contains(s.got[0], want) {
			t.Errorf("the mail does not hold %q:\n%s", want, s.got[0])
		}
	}
}

// A letter goes to its buyer alone, and what would be another line of its head is refused
// before anything is said to the server.
func TestALetterToABuyer(t *testing.T) { // T3
	s := serve(t, &server{})
	to := s.sender(t).(message.Postman)
	l := message.Letter{ID: "letter_1", At: notice.At, To: "anna@buyers.example", Subject: "Your parcel is on its way", Text: "It is.\n", Code: []byte("a picture")}
	if err := to.Deliver(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if got := s.got[0]; !strings.Contains(got, "To: <anna@buyers.example>\r\n") || strings.Contains(got, "lead@") || !strings.Contains(got, "Message-ID: <letter_1@example.com>\r\n") {
		t.Errorf("the mail:\n%s", got)
	}
	for _, want := range []string{"It is.", "name=\"return.png\"", "image/png", "YSBwaWN0dXJl"} {
		if !strings.Contains(s.got[0], want) {
			t.Errorf("the mail does not hold %q:\n%s", want, s.got[0])
		}
	}
	l.To = "anna@buyers.example\r\nBcc: eve@buyers.example"
	if err := to.Deliver(t.Context(), l); !errors.As(err, new(*web.Refused)) || len(s.got) != 1 {
		t.Errorf("%v, %d mails", err, len(s.got))
	}
	own, err := mail.NewToBuyers(message.Options{URL: s.Addr().String(), Secret: "sesame", Clock: time.Now, Set: map[string]string{"from": "Shop <shop@example.com>", "user": "bench"}})
	if _, is := own.(message.Postman); err != nil || !is {
		t.Errorf("%v", err)
	}
}

// Of a mail that goes wrong it is known whether it may arrive: only where the connection was
// lost, or nothing was said, after all of it was there. Nothing is said without TLS.
func TestAMailServerThatMisbehaves(t *testing.T) {
	for _, c := range []struct {
		name, at, say string
		plain         bool
		done          bool // nothing was sent, surely
		want          string
	}{
		{"no TLS", "", "", true, true, "offers no TLS"},
		{"STARTTLS refused", "STARTTLS", "454 4.7.0 not now", false, true, "cannot be reached"},
		{"STARTTLS dropped", "STARTTLS", "", false, true, "cannot be reached"},
		{"wrong password", "AUTH", "535 5.7.8 bad bench@example.com", false, true, "user or password"},
		{"signing in switched off", "AUTH", "550 5.7.30 basic authentication is not supported", false, true, "user or password"},
		{"sender refused", "MAIL", "550 5.7.60 bench@example.com", false, true, "this sender"},
		{"address refused", "RCPT", "550 5.1.1 night@example.com", false, true, "one of those addresses"},
		{"busy", "RCPT", "450 4.2.1 night@example.com", false, true, "asks for a pause"},
		{"lost before the mail", "RCPT", "", false, true, "before all was sent"},
		{"lost in the mail", "half", "", false, false, ""}, // the library may have written all of it
		{"too large", ".", "552 5.3.4 too large", false, true, "does not take the mail"},
		{"full", ".", "452 4.3.1 full", false, true, "asks for a pause"},
		{"lost after the mail", ".", "", false, false, "may go out"},
	} {
		s := serve(t, &server{at: c.at, say: c.say, plain: c.plain})
		err := s.sender(t).Send(t.Context(), notice)
		if err == nil || !strings.Contains(err.Error(), c.want) || c.at != "half" && web.NotDone(err) != c.done {
			t.Errorf("%s: %v; nothing was sent: %t, want %t", c.name, err, web.NotDone(err), c.done)
			continue
		}
		if text := err.Error(); strings.Contains(text, "@") || strings.Contains(text, "sesame") {
			t.Errorf("%s: the error holds an address: %s", c.name, text)
		}
		s.mu.Lock()
		if s.open {
			t.Errorf("%s: something was said without TLS", c.name)
		}
		s.mu.Unlock()
	}
}

// A server that says nothing more after the mail is left in time, and nobody knows.
func TestAMailServerThatHangs(t *testing.T) {
	s := serve(t, &server{at: ".", say: "hang"})
	sender, done := s.sender(t), make(chan error, 1)
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	go func() { done <- sender.Send(ctx, notice) }()
	select {
	case err := <-done:
		if err == nil || web.NotDone(err) {
			t.Errorf("it is %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it is waited for ever")
	}
}

// A certificate that this computer does not trust ends it before anything is said.
func TestAWrongCertificate(t *testing.T) {
	s := serve(t, &server{})
	s.roots = x509.NewCertPool()
	if err := s.sender(t).Send(t.Context(), notice); err == nil || !web.NotDone(err) || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("it is %v", err)
	}
}

func TestSettingsThatAreNone(t *testing.T) {
	for _, o := range []message.Options{
		{URL: "", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
		{URL: "https://smtp.example.com", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
		{URL: "nonsense", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
		{URL: "smtp.example.com:70000", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
		{URL: "smtp.example.com:mail", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
		{URL: "smtp.example.com", Set: map[string]string{"from": "a@example.com\r\nBcc: c@example.com", "to": "b@example.com"}},
		{URL: "smtp.example.com", Set: map[string]string{"from": "a@example.com", "to": "b"}},
		{URL: "smtp.example.com", Set: map[string]string{"from": "a@example.com", "to": ""}},
		{URL: "smtp.example.com", Set: map[string]string{"from": "a@example.com", "to": "b@example.com", "user": "u"}},
		{URL: "smtp.example.com", Secret: "s", Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}},
	} {
		if _, err := mail.New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	for _, url := range []string{"smtp.example.com", "mailhub:25", "localhost", "[::1]:2525", "127.0.0.1:2525"} {
		if _, err := mail.New(message.Options{URL: url, Set: map[string]string{"from": "a@example.com", "to": "b@example.com"}}); err != nil {
			t.Errorf("%s is not taken: %v", url, err)
		}
	}
}
