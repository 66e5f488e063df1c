// Package s3 writes the pages of buyers into storage that speaks as Amazon's S3 does, of any
// provider, signed as AWS Signature Version 4 says. To put a page there twice is to put it
// once. It must not keep anything or repeat a request, and no key stands in an error.
//
// Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
package s3

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station/web"
)

const who = "the storage"

// Options are what a Bucket is made of.
type Options struct {
	Address string // with the bucket: https://host/bucket, and what names begin with
	Region  string // "" is us-east-1, which storage that has no regions takes
	ID      string // of the access key
	Secret  string
	Do      web.Doer
	Clock   func() time.Time
}

// Bucket is where pages are written.
type Bucket struct {
	o      Options
	client web.Client
}

// New returns a bucket.
func New(o Options) (*Bucket, error) {
	u, err := url.Parse(o.Address)
	if err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		return nil, errors.New("the address of the storage has its bucket in it, such as https://s3.example.com/bucket")
	}
	if o.ID == "" || o.Secret == "" {
		return nil, errors.New("the storage needs the id of an access key and its secret")
	}
	o.Region = cmp.Or(o.Region, "us-east-1")
	b := &Bucket{o: o}
	b.client = web.Client{Who: who, Base: strings.TrimRight(o.Address, "/"), Do: o.Do, Clock: o.Clock, Sign: b.sign, Most: 64 << 10}
	return b, nil
}

// Put writes a page.
func (b *Bucket) Put(ctx context.Context, name string, page []byte) error {
	return b.send(ctx, web.Request{
		Method: http.MethodPut, Path: "/" + name, Body: page, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Cache-Control": {"no-cache"}},
	})
}

// Remove takes a page away; one that is not there is no fault.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	return b.send(ctx, web.Request{Method: http.MethodDelete, Path: "/" + name})
}

// answer is what storage says of what it does not do.
type answer struct {
	Code string `xml:"Code"`
}

// send sends one request, and says in words what storage says by a code.
func (b *Bucket) send(ctx context.Context, r web.Request) error {
	a, err := b.client.Send(ctx, r)
	if err == nil {
		return nil
	}
	var said answer
	if xml.Unmarshal(a.Body, &said) != nil {
		return err
	}
	switch said.Code {
	case "RequestTimeTooSkewed":
		return &web.Denied{Say: "the clock of this computer is wrong" + b.off(a), Who: who}
	case "SignatureDoesNotMatch":
		return &web.Denied{Say: "the secret does not belong to this access key, or the region is another one", Who: who}
	case "InvalidAccessKeyId":
		return &web.Denied{Say: "it does not know this access key", Who: who}
	case "AccessDenied", "AllAccessDisabled", "AccountProblem":
		return &web.Denied{Say: "this access key may not write here", Who: who}
	case "NoSuchBucket":
		return &web.Refused{Say: "it has no such bucket", Who: who}
	case "NoSuchKey":
		return nil
	case "PermanentRedirect", "AuthorizationHeaderMalformed":
		return &web.Refused{Say: "the bucket lies in another region", Who: who}
	case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "IncompleteBody":
		return &web.Away{Say: "it is busy", Who: who}
	}
	return err
}

// off says by how much this computer's clock differs from that of the storage.
func (b *Bucket) off(a web.Answer) string {
	theirs, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		return ""
	}
	d := b.o.Clock().Sub(theirs).Round(time.Minute)
	if d < 0 {
		return fmt.Sprintf(": it is %s late", -d)
	}
	return fmt.Sprintf(": it is %s early", d)
}

const stamp = "20060102T150405Z"

// sign adds what proves who asks.
func (b *Bucket) sign(r *http.Request, body []byte) error {
	now := b.o.Clock().UTC()
	sum := sha256.Sum256(body)
	r.Header.Set("X-Amz-Date", now.Format(stamp))
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
	headers := map[string]string{"host": r.URL.Host, "x-amz-date": r.Header.Get("X-Amz-Date"), "x-amz-content-sha256": r.Header.Get("X-Amz-Content-Sha256")}
	if t := r.Header.Get("Content-Type"); t != "" {
		headers["content-type"] = t
	}
	r.Header.Set("Authorization", Authorization(r.Method, r.URL.EscapedPath(), headers, now, b.o.Region, b.o.ID, b.o.Secret))
	return nil
}

// Authorization is the header of a request without a query, whose headers are given by their
// names in small letters.
func Authorization(method, path string, headers map[string]string, at time.Time, region, id, secret string) string {
	var names []string
	for name := range headers {
		names = append(names, name)
	}
	slices.Sort(names)
	var canonical strings.Builder
	canonical.WriteString(method + "\n" + path + "\n\n")
	for _, name := range names {
		canonical.WriteString(name + ":" + strings.TrimSpace(headers[name]) + "\n")
	}
	signed := strings.Join(names, ";")
	canonical.WriteString("\n" + signed + "\n" + headers["x-amz-content-sha256"])
	day := at.UTC().Format("20060102")
	scope := day + "/" + region + "/s3/aws4_request"
	hash := sha256.Sum256([]byte(canonical.String()))
	key := []byte("AWS4" + secret)
	for _, part := range []string{day, region, "s3", "aws4_request", "AWS4-HMAC-SHA256\n" + at.UTC().Format(stamp) + "\n" + scope + "\n" + hex.EncodeToString(hash[:])} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return "AWS4-HMAC-SHA256 Credential=" + id + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + hex.EncodeToString(key)
}
