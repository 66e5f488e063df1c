//go:build !linux

package main

import "os/exec"

// ownGroup leaves the command as it is: it ends with its context.
func ownGroup(*exec.Cmd) {}

// terminate ends a command.
func terminate(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// endGroup has nothing to do where there are no groups.
func endGroup(*exec.Cmd) {}
