package message

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"packbench/station/web"
)

// mostAnswer is how long the answer to a message may be: it is a word or two.
const mostAnswer = 64 << 10

// Post sends a body to an address that is a secret, once. 2xx is success, and nothing else
// is, however the answer goes on. The errors are as [Sender] wants them, and hold the
// address nowhere: one of [Closed] says that the address leads nowhere any more, *web.Refused
// that this message is not wanted. The answer is returned with an error as well.
func Post(ctx context.Context, o Options, who, address string, header http.Header, body any) (web.Answer, error) {
	c := web.Client{Who: who, Base: address, Do: o.Do, Clock: o.Clock, Most: mostAnswer}
	a, err := c.Send(ctx, web.Request{Method: http.MethodPost, Header: header, Body: body})
	var status *web.Status
	switch {
	case err == nil, a.Status >= 200 && a.Status < 300:
		return a, nil // what the answer says besides counts for nothing, cut off or not
	case errors.As(err, new(*web.Inside)):
		return a, &web.Refused{Say: "its address is this computer's, or one of a private network: set private=yes if that is meant", Who: who}
	case errors.As(err, new(*web.Denied)), a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		return a, Closed(who, "the address is no longer valid there: make a new one and enter it")
	case errors.As(err, &status) && a.Status >= 400 && a.Status < 500 && a.Status != http.StatusRequestTimeout:
		return a, &web.Refused{Say: status.Error(), Who: who}
	}
	return a, err
}

// Address checks an address that messages are posted to: it begins with https://, and
// leads out of the house unless it may be private.
func Address(text string, private bool) error {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Hostname() == "" || u.User != nil {
		return errors.New("that is no address: it begins with https://")
	}
	inside := web.Outside(u.Hostname())
	switch {
	case inside != nil && !private:
		return errors.New("the address is this computer's, or one of a private network: set private=yes if that is meant")
	case u.Scheme != "https" && (u.Scheme != "http" || inside == nil):
		return errors.New("the address must begin with https://, so that nobody on the way reads it")
	}
	return nil
}
