package shops

import (
	"context"
	"fmt"

	"packbench/station/store"
)

// files is a shop whose orders are files.
type files interface {
	// Unread is the path of a file that could not be read, "" for none.
	Unread() string
	// PutBack has such a file read again.
	PutBack(path string) error
}

// unread is the path of a file of a shop that could not be read, "" for none.
func (s *Shops) unread(of store.Shop) string {
	c, err := s.connect(of)
	if f, is := c.(files); is && err == nil {
		return f.Unread()
	}
	return ""
}

// PutBack has a file of a shop read again that could not be read.
func (s *Shops) PutBack(ctx context.Context, id, path string) error {
	of, err := s.shop(ctx, id)
	if err != nil {
		return err
	}
	c, err := s.connect(of)
	if err != nil {
		return err
	}
	if f, is := c.(files); is {
		return f.PutBack(path)
	}
	return fmt.Errorf("shop %s has no files", id)
}

// columns is what was said of files with these headings, nil for nothing.
func (s *Shops) columns(ctx context.Context, headings string) ([]byte, error) {
	body, known, err := store.Known(s.Store.Setting(ctx, store.OrdersColumns+headings))
	if err != nil || !known {
		return nil, err
	}
	return body, nil
}
