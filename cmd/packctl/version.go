package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"packbench/station/store"
)

// version is set when a package is built; a program that somebody built otherwise says
// the commit that it was built from.
var version string

func runVersion(_ context.Context, f *flags) error {
	if err := f.readAlone(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(f.out, "packbench %s (%s, %s/%s): opens data folders up to format %d\n",
		builtFrom(), runtime.Version(), runtime.GOOS, runtime.GOARCH, store.Format())
	return err
}

func builtFrom() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of unknown origin"
	}
	commit, changed := "of unknown origin", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = "of commit " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	return commit + changed
}
