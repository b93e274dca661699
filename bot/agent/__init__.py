"""Holds the conversation: the interpreter, which needs no model, and the agent, which uses one."""
